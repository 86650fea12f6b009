using Kagome.Crystals.Lattices;
using Kagome.DataSets;
using Kagome.Output;
using Kagome.Reports.Files;

namespace Kagome.Cli.Views;

/// <summary>A file's content as text.</summary>
internal static class FileView
{
    public static void Write(FileDescription file, TextWriter output)
    {
        if (file.Model is { } model)
        {
            ModelView.Write(model, output);
            output.WriteLine();
        }

        foreach (StructureDescription structure in file.Structures ?? [])
        {
            Write(file, Rows(structure), output);
        }

        if (file.Summary is { } summary)
        {
            Write(file, Rows(summary), output);
        }
    }

    private static void Write(FileDescription file, IEnumerable<(string, string)> rows, TextWriter output)
    {
        TextTable.Write(output, rows.Prepend(("file", file.Path)));
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

        foreach (LadderRung rung in structure.SymmetryLadder ?? [])
        {
            yield return ("within tolerances", $"{rung}");
        }

        foreach ((string name, double value) in structure.Labels)
        {
            yield return ($"label {name}", $"{value}");
        }
    }

    private static string SpaceGroup(StructureDescription structure) =>
        structure.SpaceGroup is { } found ? $"{found.Symbol} ({found.Number}) within {structure.Symprec} Å"
        : structure.SpaceGroupUntried is { } reason ? $"not searched for: {reason}"
        : $"none found within {structure.Symprec} Å";

    private static string Validity(StructureDescription structure) =>
        structure.IsValid switch
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
        foreach ((string name, NumberSummary range) in summary.Labels)
        {
            yield return ($"label {name}", $"{range.Smallest} to {range.Largest} ({range.Count} structures)");
        }

        foreach ((string name, int count) in summary.Splits)
        {
            yield return ($"split {name}", $"{count}");
        }
    }
}
