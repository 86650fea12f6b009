using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Kagome.Campaigns;

/// <summary>A file with a formula a line, each with an atom count of its cell if wanted; # begins a remark.</summary>
/// <remarks>
/// Formula and count stand apart by spaces, tabs, commas or semicolons. A first line that names columns, such as <c>id,formula,atoms</c>, says which of them hold the two: then
/// the file is CSV with a row a line, quotes allowed, whose other columns are passed over. Safe to use from several threads.
/// </remarks>
public static class FormulaFile
{
    private const int LongestShown = 80;

    private static readonly char[] Separators = [',', ';', '\t'];
    private static readonly string[] FormulaColumns = ["formula", "composition", "pretty_formula", "reduced_formula"];
    private static readonly string[] AtomColumns = ["atoms", "nsites", "natoms", "atom_count"];

    /// <summary>Reads the lines that say something, one at a time; those that are no formula hold the reason.</summary>
    /// <exception cref="IOException">The file is absent or cannot be read.</exception>
    public static IEnumerable<FormulaLine> Read(string path)
    {
        Columns? columns = null;
        bool isFirst = true;
        foreach ((int index, string line) in File.ReadLines(path).Index())
        {
            string text = (columns is null || line.StartsWith('#') ? line.Split('#')[0] : line).Trim();
            if (text.Length == 0)
            {
                continue;
            }

            if (isFirst)
            {
                isFirst = false;
                columns = Columns.Of(text);
                if (columns is not null)
                {
                    continue;
                }
            }

            yield return Read(text, columns) with
            {
                Line = index + 1,
            };
        }
    }

    private static FormulaLine Read(string text, Columns? columns)
    {
        string[] parts = columns is null
            ? text.Split([' ', .. Separators], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            : columns.Cells(text);
        string? formula = parts.ElementAtOrDefault(columns?.Formula ?? 0);
        string? count = parts.ElementAtOrDefault(columns is null ? 1 : columns.Atoms ?? int.MaxValue);
        int atoms = 0;
        bool isGood =
            !string.IsNullOrEmpty(formula)
            && parts.Length <= (columns?.Count ?? 2)
            && (
                string.IsNullOrEmpty(count)
                || (int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out atoms) && atoms > 0)
            );
        string expected = columns is null
            ? "a formula and, if wanted, the atom count of the cell, such as 'NaCl 8'"
            : $"{columns.Count} cells as in the first line, quotes in pairs, a formula and, if wanted, the atom count of the cell";
        return isGood
            ? new FormulaLine(0, formula!, atoms > 0 ? atoms : null)
            : new FormulaLine(0, text, null)
            {
                Problem = $"'{(text.Length > LongestShown ? text[..LongestShown] + "…" : text)}'; expected {expected}.",
            };
    }

    /// <summary>Where a CSV file has its formulas.</summary>
    /// <param name="Separator">Between cells.</param>
    /// <param name="Count">How many columns there are.</param>
    /// <param name="Formula">The column of formulas, from 0.</param>
    /// <param name="Atoms">That of atom counts; null where there is none.</param>
    private sealed record Columns(char Separator, int Count, int Formula, int? Atoms)
    {
        public static Columns? Of(string text)
        {
            char separator = Separators.Any(text.Contains)
                ? Separators.MaxBy(one => text.Count(letter => letter == one))
                : ' ';
            string[] names = Cells(text, separator);
            int formula = Find(names, FormulaColumns);
            int atoms = Find(names, AtomColumns);
            return formula < 0 ? null : new Columns(separator, names.Length, formula, atoms < 0 ? null : atoms);
        }

        /// <summary>The cells of a line; none where its quotes do not pair.</summary>
        public string[] Cells(string text) => Cells(text, Separator);

        private static string[] Cells(string text, char separator)
        {
            if (separator == ' ')
            {
                return text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            }

            CsvConfiguration form = new(CultureInfo.InvariantCulture)
            {
                Delimiter = $"{separator}",
                TrimOptions = TrimOptions.Trim,
                BadDataFound = null,
            };
            using CsvParser parser = new(new StringReader(text), form);
            return text.Count(letter => letter == '"') % 2 == 0 && parser.Read() ? parser.Record ?? [] : [];
        }

        private static int Find(string[] names, string[] wanted) =>
            Array.FindIndex(names, name => wanted.Contains(name, StringComparer.OrdinalIgnoreCase));
    }
}

/// <summary>A line of a file of formulas.</summary>
/// <param name="Line">Its number, from 1.</param>
/// <param name="Formula">As it is written; the whole line where it is none.</param>
/// <param name="Atoms">Of the cell; null where any will do.</param>
public sealed record FormulaLine(int Line, string Formula, int? Atoms)
{
    /// <summary>Why it is no formula; null where it may be one.</summary>
    public string? Problem { get; init; }
}
