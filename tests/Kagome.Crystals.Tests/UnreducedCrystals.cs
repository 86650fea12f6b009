using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Tests;

/// <summary>Random lattices and crystals for property tests.</summary>
internal static class UnreducedCrystals
{
    public static Gen<Fractional> Position { get; } =
        Gen.Select(Gen.Double[-2, 2], Gen.Double[-2, 2], Gen.Double[-2, 2], (x, y, z) => new Fractional(x, y, z));

    /// <summary>Cells of any shape, handedness and orientation with edges of some Å, flat ones left out.</summary>
    public static Gen<Lattice> Lattice { get; } =
        Gen.Double[-6, 6]
            .Array[9]
            .Where(entries => Math.Abs(Determinant(entries)) > 10)
            .Select(entries => new Lattice(Row(entries, 0), Row(entries, 3), Row(entries, 6)));

    /// <summary>Matrices of determinant 1 or -1 with entries of up to some thousands.</summary>
    public static Gen<IntegerMatrix3> Unimodular { get; } =
        Gen.Select(Gen.Int[0, 5], Gen.Int[-4, 4], (step, factor) => Elementary(step, factor))
            .Array[1, 6]
            .Select(steps => steps.Aggregate(IntegerMatrix3.Identity, (product, step) => step * product));

    public static Gen<Structure> Structure { get; } =
        Gen.Select(
            Lattice,
            Gen.Select(Gen.Int[1, 3], Position, (number, position) => new Site(new Element(number), position)).Array[
                1,
                6
            ],
            (lattice, sites) => new Structure(lattice, sites)
        );

    private static double Determinant(double[] entries) => Row(entries, 0).Dot(Row(entries, 3).Cross(Row(entries, 6)));

    private static Cartesian Row(double[] entries, int start) =>
        new(entries[start], entries[start + 1], entries[start + 2]);

    private static IntegerMatrix3 Elementary(int step, int factor) =>
        step switch
        {
            0 => new(1, factor, 0, 0, 1, 0, 0, 0, 1),
            1 => new(1, 0, factor, 0, 1, 0, 0, 0, 1),
            2 => new(1, 0, 0, factor, 1, 0, 0, 0, 1),
            3 => new(1, 0, 0, 0, 1, factor, 0, 0, 1),
            4 => new(1, 0, 0, 0, 1, 0, factor, 0, 1),
            _ => new(0, 1, 0, 1, 0, 0, 0, 0, 1),
        };
}
