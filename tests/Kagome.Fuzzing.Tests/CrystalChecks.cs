using System.Globalization;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats;
using Kagome.Formats.Text;

namespace Kagome.Fuzzing.Tests;

/// <summary>What every crystal that a reader gives has to be.</summary>
internal static class CrystalChecks
{
    private const double Tolerance = 1e-6; // of lengths, relative; degrees; fractions

    /// <summary>Cells flatter than this share of a box lose digits when they are written as lengths and angles.</summary>
    private const double FlattestCompared = 1e-3;

    private static readonly ITextFormat[] Written = [.. StructureFormats.All.OfType<ITextFormat>()];

    /// <summary>Checks each crystal, written in one format after another.</summary>
    /// <param name="entries">What a reader gives.</param>
    /// <param name="first">A number that tells the first of the formats.</param>
    /// <returns>Whether there was a crystal.</returns>
    public static bool Check(IEnumerable<DataSetEntry> entries, int first)
    {
        int count = 0;
        foreach (CrystalRecord record in entries.Records(_ => { }))
        {
            Check(record, Written[(first + count++) % Written.Length]);
        }

        return count > 0;
    }

    /// <exception cref="ViolationException">It is no usable crystal, or is another one when it was written and read.</exception>
    public static void Check(CrystalRecord record, ITextFormat written)
    {
        CheckValid(record);
        if (written.Name is "cif" or "csv" && SharesPlace(record.Structure))
        {
            return; // which CIF refuses as disorder, and the others take
        }

        CrystalRecord again = Through(written, record);
        CheckValid(again);
        CheckSame(record.Structure, again.Structure, written.Name);
    }

    private static void CheckValid(CrystalRecord record)
    {
        Structure structure = record.Structure;
        double volume = structure.Lattice.Volume;
        Violation.Unless(
            double.IsFinite(volume) && volume > 0.99 * FormatLimits.SmallestVolume,
            $"the volume is {volume}"
        );
        Violation.Unless(structure.AtomCount is >= 1 and <= FormatLimits.MaximumAtoms, $"{structure.AtomCount} atoms");
        Violation.Unless(structure.Sites.All(site => site.Position.IsFinite), "a coordinate is not finite");
        Violation.Unless(structure.Composition.AtomCount == structure.AtomCount, "counts differ");
        Violation.Unless(record.Labels.Values.All(double.IsFinite), "a label is not finite");
        Violation.Unless(!string.IsNullOrWhiteSpace(record.Id), "the name is blank");
    }

    private static bool SharesPlace(Structure structure)
    {
        const double Close = 0.0101; // Å along each lattice vector, and a little more than CIF's reader asks for
        LatticeParameters cell = structure.Lattice.Parameters;
        return structure
            .Sites.Index()
            .Any(first =>
                structure.Sites.Take(first.Index).Any(second => IsNear(first.Item.Position - second.Position))
            );

        bool IsNear(Fractional difference)
        {
            Fractional near = difference.WrapToNearest();
            return Math.Abs(near.X) * cell.A < Close
                && Math.Abs(near.Y) * cell.B < Close
                && Math.Abs(near.Z) * cell.C < Close;
        }
    }

    private static CrystalRecord Through(ITextFormat format, CrystalRecord record)
    {
        using StringWriter text = new(CultureInfo.InvariantCulture);
        format.Write(text, [record]);
        using StringReader reader = new(text.ToString());
        DataSetEntry[] entries = [.. format.Read(reader, $"again.{format.Name}")];
        Violation.Unless(entries.Length == 1, $"one crystal, written as {format.Name}, is read as {entries.Length}");
        return entries[0].Record
            ?? throw new ViolationException(
                $"what was read and written as {format.Name} is refused: {entries[0].Problem!.Message}"
            );
    }

    private static void CheckSame(Structure first, Structure second, string format)
    {
        Violation.Unless(
            first.Composition.Equals(second.Composition),
            $"{first.Composition} is {second.Composition} when written as {format}"
        );
        LatticeParameters before = first.Lattice.Parameters;
        LatticeParameters after = second.Lattice.Parameters;
        if (first.Lattice.Volume < FlattestCompared * before.A * before.B * before.C)
        {
            return;
        }

        double difference = new[]
        {
            1 - (after.A / before.A),
            1 - (after.B / before.B),
            1 - (after.C / before.C),
            after.Alpha - before.Alpha,
            after.Beta - before.Beta,
            after.Gamma - before.Gamma,
        }.Max(Math.Abs);
        Violation.Unless(difference < Tolerance, $"the cell is {before}, and {after} when written as {format}");
        bool isMirrored = first.Lattice.Determinant * second.Lattice.Determinant < 0;
        foreach (Fractional position in first.Sites.Select(site => site.Position).Take(8))
        {
            Fractional wanted = isMirrored ? default(Fractional) - position : position;
            Violation.Unless(
                second.Sites.Any(site => IsClose(site.Position - wanted)),
                $"no atom is at {wanted} when written as {format}"
            );
        }
    }

    private static bool IsClose(Fractional difference)
    {
        Fractional near = difference.WrapToNearest();
        return Math.Abs(near.X) < Tolerance && Math.Abs(near.Y) < Tolerance && Math.Abs(near.Z) < Tolerance;
    }
}

/// <summary>A reader gave something that it must not give.</summary>
internal sealed class ViolationException(string message) : Exception(message);

internal static class Violation
{
    /// <exception cref="ViolationException">The condition does not hold.</exception>
    public static void Unless(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ViolationException(otherwise);
        }
    }
}
