using System.Globalization;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Formats.Poscar;

/// <summary>Writes a POSCAR with 16 decimals.</summary>
internal static class PoscarWriter
{
    public static void Write(TextWriter writer, CrystalRecord record)
    {
        Lattice lattice = record.Structure.Lattice;
        IGrouping<Element, Site>[] groups = [.. record.Structure.Sites.GroupBy(site => site.Element)];
        WriteLine(writer, $"{string.Join(' ', record.Id.Split(['\r', '\n', '\0']))}");
        WriteLine(writer, $"1.0");
        foreach (Cartesian vector in new[] { lattice.A, lattice.B, lattice.C })
        {
            WriteLine(writer, $"  {vector.X, 22:F16} {vector.Y, 22:F16} {vector.Z, 22:F16}");
        }

        WriteLine(writer, $"{string.Join(' ', groups.Select(group => group.Key))}");
        WriteLine(writer, $"{string.Join(' ', groups.Select(group => group.Count()))}");
        WriteLine(writer, $"Direct");
        foreach ((Element element, Fractional position) in groups.SelectMany(group => group))
        {
            WriteLine(writer, $"  {position.X, 20:F16} {position.Y, 20:F16} {position.Z, 20:F16} {element}");
        }
    }

    private static void WriteLine(TextWriter writer, FormattableString line)
    {
        writer.Write(line.ToString(CultureInfo.InvariantCulture));
        writer.Write('\n');
    }
}
