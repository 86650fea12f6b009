using System.Collections.Immutable;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats.Text;

namespace Kagome.Formats.ExtXyz;

/// <summary>Reads frames one at a time; a damaged frame does not hide those after it.</summary>
internal static class ExtXyzReader
{
    public static IEnumerable<DataSetEntry> Read(TextReader reader, string path)
    {
        SourceText source = new(reader, path);
        for (int frame = 1; source.ReadLine() is { } line; frame++)
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                frame--;
                continue;
            }

            int atomCount = ReadAtomCount(source, line);
            string header = ReadLine(source);
            int headerLine = source.LineNumber;
            string[] atoms = ReadAtomLines(source, atomCount);
            string defaultId = $"{source.Stem}-{frame}";
            yield return DataSetEntry.Of(() => ReadFrame(source, defaultId, header, headerLine, atoms));
        }
    }

    private static int ReadAtomCount(SourceText source, string line) =>
        NumberText.TryParseCount(line.Trim(), out int count) && count <= FormatLimits.MaximumAtoms
            ? count
            : throw source.ProblemHere(
                $"the line is '{Shortened(line)}'; expected the number of atoms of a frame, 0 to {FormatLimits.MaximumAtoms}."
            );

    private static string[] ReadAtomLines(SourceText source, int atomCount)
    {
        List<string> lines = [];
        long characters = 0;
        while (lines.Count < atomCount)
        {
            lines.Add(ReadLine(source));
            characters += lines[^1].Length;
            if (characters > FormatLimits.MaximumCharacters / 2)
            {
                throw source.ProblemHere(
                    $"the frame of {atomCount} atoms holds {characters} characters so far; expected short lines."
                );
            }
        }

        return [.. lines];
    }

    private static string ReadLine(SourceText source) =>
        source.ReadLine() ?? throw source.ProblemHere("the file ends within a frame; expected more atoms.");

    private static CrystalRecord ReadFrame(
        SourceText source,
        string defaultId,
        string header,
        int headerLine,
        string[] atoms
    )
    {
        if (atoms.Length == 0)
        {
            throw new StructureFormatException(
                source.Path,
                headerLine - 1,
                "the frame has 0 atoms; expected at least one. Later frames are read."
            );
        }

        Dictionary<string, string> pairs = ExtXyzHeader.Parse(header);
        string properties = ExtXyzHeader.Find(pairs, ExtXyzConstants.Properties) ?? ExtXyzConstants.DefaultColumns;
        Lattice lattice =
            ReadLattice(pairs, out string? problem)
            ?? throw new StructureFormatException(source.Path, headerLine, problem!);
        ExtXyzColumns columns =
            ExtXyzColumns.Parse(properties)
            ?? throw new StructureFormatException(
                source.Path,
                headerLine,
                $"Properties is '{Shortened(properties)}'; expected columns such as {ExtXyzConstants.DefaultColumns}."
            );
        Structure structure = new(
            lattice,
            atoms.Select((atom, index) => ReadSite(source, atom, headerLine + 1 + index, columns, lattice))
        );
        return new CrystalRecord(pairs.GetValueOrDefault(ExtXyzConstants.Id, defaultId), structure)
        {
            Split = pairs.GetValueOrDefault(ExtXyzConstants.Split),
            Labels = ReadLabels(pairs),
        };
    }

    private static Lattice? ReadLattice(Dictionary<string, string> pairs, out string? problem)
    {
        string text = ExtXyzHeader.Find(pairs, ExtXyzConstants.Lattice) ?? "";
        string[] words = ExtXyzHeader.Items(text);
        string periodic = ExtXyzHeader.Find(pairs, ExtXyzConstants.Periodic) ?? "T T T";
        if (
            words.Length != 9
            || !NumberText.TryParseThree(words, 0, out Cartesian a)
            || !NumberText.TryParseThree(words, 3, out Cartesian b)
            || !NumberText.TryParseThree(words, 6, out Cartesian c)
        )
        {
            problem =
                $"Lattice is '{Shortened(text)}'; expected Lattice=\"ax ay az bx by bz cx cy cz\" in Å. A molecule is no crystal.";
            return null;
        }

        problem = CellChecks.Problem(a, b, c) is { } cellProblem ? $"Lattice: {cellProblem}." : null;
        if (
            periodic.Contains('F', StringComparison.OrdinalIgnoreCase)
            || periodic.Contains('0', StringComparison.Ordinal)
        )
        {
            problem = $"pbc is '{Shortened(periodic)}'; expected T T T: a crystal repeats in three directions.";
        }

        return problem is null ? new Lattice(a, b, c) : null;
    }

    private static Site ReadSite(SourceText source, string line, int lineNumber, ExtXyzColumns columns, Lattice lattice)
    {
        string[] words = NumberText.Words(line);
        if (!columns.TryRead(words, out Element element, out Cartesian position))
        {
            throw new StructureFormatException(
                source.Path,
                lineNumber,
                $"the line is '{Shortened(line)}'; expected {columns.Expected}."
            );
        }

        Fractional place = lattice.ToFractional(position);
        return CellChecks.Problem(place) is { } problem
            ? throw new StructureFormatException(source.Path, lineNumber, $"{problem}.")
            : new Site(element, place);
    }

    private static ImmutableSortedDictionary<string, double> ReadLabels(Dictionary<string, string> pairs)
    {
        var labels = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        foreach ((string name, string text) in pairs)
        {
            if (ExtXyzConstants.IsLabelName(name) && NumberText.TryParse(text, out double value))
            {
                labels[name] = value;
            }
        }

        return labels.ToImmutable();
    }

    private static string Shortened(string text) => text.Length <= 60 ? text : $"{text[..60]}…";
}
