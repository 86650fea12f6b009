using Kagome.Crystals.Lattices;
using Kagome.Crystals.Neighbors;

namespace Kagome.Crystals.Matching;

/// <summary>The cell halfway between those of two crystals: distances between their sites are measured in it.</summary>
internal sealed class AverageCell
{
    private readonly Lattice reduced;
    private readonly ImageLayers layers;
    private readonly Fractional reducedTolerance;

    public AverageCell(Lattice lattice, int atomCount, double stol)
    {
        Lattice = lattice;
        AtomLength = Math.Cbrt(lattice.Volume / atomCount);
        reduced = LllReduction.Reduce(lattice).Lattice;
        reducedTolerance = Tolerance(reduced, AtomLength, stol);
        layers = new(reduced);
    }

    public Lattice Lattice { get; }

    /// <summary>The mean space of an atom, (V/N)^(1/3), in Å.</summary>
    public double AtomLength { get; }

    /// <summary>Lengths and angles halfway between those of two cells.</summary>
    public static Lattice Between(LatticeParameters first, LatticeParameters second) =>
        Lattice.FromParameters(
            new(
                (first.A + second.A) / 2,
                (first.B + second.B) / 2,
                (first.C + second.C) / 2,
                (first.Alpha + second.Alpha) / 2,
                (first.Beta + second.Beta) / 2,
                (first.Gamma + second.Gamma) / 2
            )
        );

    /// <summary>How much two sites on each other may differ along each lattice vector.</summary>
    /// <remarks>
    /// Twice stol, because the translation between the crystals is known only by two atoms, and each may be displaced by
    /// stol · (V/N)^(1/3).
    /// </remarks>
    public static Fractional Tolerance(Lattice lattice, double atomLength, double stol)
    {
        Lattice reciprocal = lattice.Reciprocal;
        double length = 2 * stol * atomLength;
        return new(length * reciprocal.A.Length, length * reciprocal.B.Length, length * reciprocal.C.Length);
    }

    /// <summary>A position of <see cref="Lattice"/> in the reduced vectors that <see cref="TryVector"/> counts along.</summary>
    public Fractional Reduce(Fractional position) => reduced.ToFractional(Lattice.ToCartesian(position));

    /// <summary>The shortest vector that spans a difference of two sites, in Å; false where they are too far apart to be one.</summary>
    public bool TryVector(Fractional difference, out Cartesian vector)
    {
        Fractional nearest = difference.WrapToNearest();
        bool isNear =
            Math.Abs(nearest.X) <= reducedTolerance.X
            && Math.Abs(nearest.Y) <= reducedTolerance.Y
            && Math.Abs(nearest.Z) <= reducedTolerance.Z;
        vector = isNear ? layers.Nearest(nearest, out _) : default;
        return isNear;
    }
}
