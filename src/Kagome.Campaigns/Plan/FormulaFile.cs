using System.Globalization;

namespace Kagome.Campaigns;

/// <summary>A file with a formula a line, each with an atom count of its cell if wanted; # begins a remark.</summary>
/// <remarks>
/// Formula and count stand apart by spaces, tabs, commas or semicolons. A first line that names columns, such as <c>id,formula,atoms</c>, says which of them hold the two: then
/// the file is CSV, whose other columns are passed over. Safe to use from several threads.
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
            string text = line.Split('#')[0].Trim();
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
            : Cells(text);
        string? formula = parts.ElementAtOrDefault(columns?.Formula ?? 0);
        string? count = parts.ElementAtOrDefault(columns is null ? 1 : columns.Atoms ?? int.MaxValue);
        int atoms = 0;
        bool isGood =
            !string.IsNullOrEmpty(formula)
            && (columns is not null || parts.Length <= 2)
            && (
                string.IsNullOrEmpty(count)
                || (int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out atoms) && atoms > 0)
            );
        return isGood
            ? new FormulaLine(0, formula!, atoms > 0 ? atoms : null)
            : new FormulaLine(0, text, null)
            {
                Problem =
                    $"'{(text.Length > LongestShown ? text[..LongestShown] + "…" : text)}'; expected a formula and, if wanted, the atom count of the cell, such as 'NaCl 8'.",
            };
    }

    private static string[] Cells(string text) =>
        [.. text.Split(Separators, StringSplitOptions.TrimEntries).Select(cell => cell.Trim('"').Trim())];

    /// <summary>Where a CSV file has its formulas.</summary>
    private sealed record Columns(int Formula, int? Atoms)
    {
        public static Columns? Of(string text)
        {
            string[] names = [.. Cells(text.Replace(' ', ',')).Where(name => name.Length > 0)];
            int formula = Find(names, FormulaColumns);
            int atoms = Find(names, AtomColumns);
            return formula < 0 ? null : new Columns(formula, atoms < 0 ? null : atoms);
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
