using Kagome.Cli.Diagnosis;
using Kagome.Cli.Models;
using Kagome.Cli.Output;
using Kagome.Core.Lattices;
using Kagome.Symmetry;

namespace Kagome.Cli.Files;

/// <summary>A file's content as text.</summary>
internal static class FileReport
{
    public static void Write(FileDescription file, TextWriter output)
    {
        if (file.Model is { } model)
        {
            ModelReport.Write(model, output);
            output.WriteLine();
        }

        foreach (StructureDescription structure in file.Structures ?? [])
        {
            WriteTable(file, Rows(structure), output);
        }

        if (file.Summary is { } summary)
        {
            WriteTable(file, Rows(summary), output);
        }
    }

    private static void WriteTable(
        FileDescription file,
        IEnumerable<(string Name, string Value)> rows,
        TextWriter output
    )
    {
        TextTable table = new();
        table.Add("file", file.Path);
        foreach ((string name, string value) in rows)
        {
            table.Add(name, value);
        }

        table.Write(output);
        output.WriteLine();
    }

    private static IEnumerable<(string Name, string Value)> Rows(StructureDescription structure)
    {
        LatticeParameters cell = structure.Cell;
        yield return ("structure", structure.Id);
        yield return ("formula", structure.Formula);
        yield return ("reduced formula", $"{structure.ReducedFormula}, Z = {structure.FormulaUnits}");
        yield return ("atoms", $"{structure.Atoms}");
        yield return ("a, b, c (Å)", $"{cell.A:F4}, {cell.B:F4}, {cell.C:F4}");
        yield return ("α, β, γ (°)", $"{cell.Alpha:F3}, {cell.Beta:F3}, {cell.Gamma:F3}");
        yield return ("volume (Å³)", $"{structure.Volume:F3}");
        yield return ("volume per atom (Å³)", $"{structure.VolumePerAtom:F3}");
        yield return ("density (g/cm³)", $"{structure.Density:F3}");
        yield return ("shortest distance (Å)", $"{structure.ShortestDistance:F3}");
        yield return ("valid", Validity(structure));
        yield return ("lattice vectors", $"{structure.Handedness}-handed");
        yield return ("space group", SpaceGroup(structure));
        if (structure.SpaceGroup is { } symmetry)
        {
            yield return ("Wyckoff positions", string.Join(", ", symmetry.Wyckoff));
        }

        foreach ((string name, double value) in structure.Labels)
        {
            yield return ($"label {name}", $"{value}");
        }
    }

    private static string SpaceGroup(StructureDescription structure) =>
        structure.SpaceGroup is { } found ? $"{found.Symbol} ({found.Number}) within {structure.Symprec} Å"
        : SymmetryFinder.IsAvailable ? $"none found within {structure.Symprec} Å"
        : $"not shown: {SymmetryLibrary.Missing}";

    private static string Validity(StructureDescription structure) =>
        structure.Valid switch
        {
            true => "yes",
            false => $"no: {structure.Problem}",
            null => $"{structure.Problem}",
        };

    private static IEnumerable<(string Name, string Value)> Rows(DataSetSummary summary)
    {
        yield return ("structures", $"{summary.Structures}");
        yield return ("skipped", $"{summary.Skipped}");
        if (summary.Atoms is { } atoms)
        {
            yield return ("atoms", $"{atoms.Smallest} to {atoms.Largest}");
        }

        if (summary.VolumePerAtom is { } volume)
        {
            yield return ("volume per atom (Å³)", $"{volume.Smallest:F3} to {volume.Largest:F3}");
        }

        yield return ("elements", $"{summary.Elements.Count}: {string.Join(' ', summary.Elements.Keys)}");
        foreach ((string name, ValueRange range) in summary.Labels)
        {
            yield return ($"label {name}", $"{range.Smallest} to {range.Largest} ({range.Count} structures)");
        }

        foreach ((string name, int count) in summary.Splits)
        {
            yield return ($"split {name}", $"{count}");
        }
    }
}
