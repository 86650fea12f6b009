using System.Globalization;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Formats.ExtXyz;

/// <summary>Writes frames; every number reads back as the same number.</summary>
internal static class ExtXyzWriter
{
    public static void Write(TextWriter writer, CrystalRecord record)
    {
        Structure structure = record.Structure;
        WriteLine(writer, $"{structure.AtomCount}");
        WriteLine(writer, $"{Header(record)}");
        foreach ((Element element, Fractional position) in structure.Sites)
        {
            WriteLine(writer, $"{element} {Numbers(structure.Lattice.ToCartesian(position))}");
        }
    }

    private static string Header(CrystalRecord record)
    {
        Lattice lattice = record.Structure.Lattice;
        List<string> pairs =
        [
            $"{ExtXyzConstants.Lattice}=\"{Numbers(lattice.A)} {Numbers(lattice.B)} {Numbers(lattice.C)}\"",
            $"{ExtXyzConstants.Properties}={ExtXyzConstants.DefaultColumns}",
            $"{ExtXyzConstants.Periodic}=\"T T T\"",
            $"{ExtXyzConstants.Id}={ExtXyzHeader.Quote(record.Id)}",
        ];
        if (record.Split is not null)
        {
            pairs.Add($"{ExtXyzConstants.Split}={ExtXyzHeader.Quote(record.Split)}");
        }

        pairs.AddRange(
            record
                .Labels.Where(label => ExtXyzConstants.IsLabelName(label.Key) && double.IsFinite(label.Value))
                .Select(label => $"{ExtXyzHeader.Quote(label.Key)}={Number(label.Value)}")
        );
        return string.Join(' ', pairs);
    }

    private static string Numbers(Cartesian vector) => $"{Number(vector.X)} {Number(vector.Y)} {Number(vector.Z)}";

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static void WriteLine(TextWriter writer, FormattableString line)
    {
        writer.Write(line.ToString(CultureInfo.InvariantCulture));
        writer.Write('\n');
    }
}
