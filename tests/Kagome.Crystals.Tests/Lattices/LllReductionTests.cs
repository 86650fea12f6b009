using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Tests.Lattices;

public sealed class LllReductionTests
{
    private const double RelativeTolerance = 1e-6;

    [Fact]
    public void Reduce_any_lattice_keeps_its_volume() =>
        Gen.Select(UnreducedCrystals.Lattice, UnreducedCrystals.Unimodular)
            .Sample(
                (lattice, matrix) =>
                    Math.Abs(LllReduction.Reduce(lattice.Transform(matrix)).Lattice.Volume - lattice.Volume)
                    < RelativeTolerance * lattice.Volume
            );

    [Fact]
    public void Reduce_any_lattice_bounds_the_product_of_lengths() =>
        // Lenstra, Lenstra, Lovász (1982), Proposition 1.6: |a| |b| |c| ≤ 2^(n (n-1) / 4) V with n = 3
        Gen.Select(UnreducedCrystals.Lattice, UnreducedCrystals.Unimodular)
            .Sample(
                (lattice, matrix) =>
                {
                    Lattice reduced = LllReduction.Reduce(lattice.Transform(matrix)).Lattice;
                    double product = reduced.A.Length * reduced.B.Length * reduced.C.Length;
                    return product <= Math.Pow(2, 1.5) * lattice.Volume * (1 + RelativeTolerance);
                }
            );

    [Fact]
    public void TryReduce_vectors_beyond_double_precision_fails_without_a_hang() =>
        Assert.False(LllReduction.TryReduce(new(new(1e-100, 0, 0), new(1, 1e-100, 0), new(1, 1, 1e200)), out _));
}
