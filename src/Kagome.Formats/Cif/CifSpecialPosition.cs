using System.Collections.Immutable;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Symmetry;

namespace Kagome.Formats.Cif;

/// <summary>Moves a rounded position onto the point, line or plane that symmetry holds it on: 0.33 to a third.</summary>
/// <param name="operations">The operations of the cell.</param>
internal sealed class CifSpecialPosition(ImmutableArray<SymmetryOperation> operations)
{
    private const double Rounding = 1e-9;

    /// <summary>The place that rounding can have moved to the given one, and that every operation keeps which could keep it; null where there is none.</summary>
    /// <param name="position">As it is written.</param>
    /// <param name="precision">How far rounding may have moved each coordinate. The place is never farther.</param>
    public Fractional? Within(Fractional position, Fractional precision)
    {
        if (precision == default)
        {
            return null;
        }

        Fractional sum = default;
        List<(SymmetryOperation Operation, Fractional Shift)> stabilizer = [];
        foreach (SymmetryOperation operation in operations)
        {
            Fractional shift = (operation.Apply(position) - position).WrapToNearest();
            if (IsWithin(shift, Reach(operation.Rotation, precision)))
            {
                sum += shift;
                stabilizer.Add((operation, shift));
            }
        }

        int count = stabilizer.Count;
        Fractional move = new(sum.X / count, sum.Y / count, sum.Z / count);
        Fractional moved = position + move;
        return
            count > 1
            && move != default
            && IsWithin(move, precision)
            && stabilizer.TrueForAll(pair => IsFixed(pair.Operation, moved))
            ? moved
            : null;
    }

    /// <summary>The most that the shift of a fixed position can be when each coordinate is off by its precision: |W - 1| p.</summary>
    private static Fractional Reach(IntegerMatrix3 w, Fractional precision) =>
        new(
            (Math.Abs(w.M11 - 1) * precision.X) + (Math.Abs(w.M12) * precision.Y) + (Math.Abs(w.M13) * precision.Z),
            (Math.Abs(w.M21) * precision.X) + (Math.Abs(w.M22 - 1) * precision.Y) + (Math.Abs(w.M23) * precision.Z),
            (Math.Abs(w.M31) * precision.X) + (Math.Abs(w.M32) * precision.Y) + (Math.Abs(w.M33 - 1) * precision.Z)
        );

    private static bool IsFixed(SymmetryOperation operation, Fractional position)
    {
        Fractional shift = (operation.Apply(position) - position).WrapToNearest();
        return IsWithin(shift, default);
    }

    private static bool IsWithin(Fractional shift, Fractional bound) =>
        Math.Abs(shift.X) <= bound.X + Rounding
        && Math.Abs(shift.Y) <= bound.Y + Rounding
        && Math.Abs(shift.Z) <= bound.Z + Rounding;
}
