using Kagome.Crystals.Structures;
using Kagome.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Networks.Tests.Models;

/// <summary>A network says the same of a crystal however its description is chosen.</summary>
public sealed class CrysformerSymmetryTests : IDisposable
{
    private const double RoundingTolerance = 1e-9; // of the largest output, in float64
    private const int LargestAtomCount = 6;
    private const int LargestTime = 1000;
    private const int LargestOffset = 3; // cells
    private const int CaseCount = 25;
    private const string Seed = "0000KOIPe036";

    private static readonly Gen<(Structure, int)> CrystalsAtTimes = Gen.Select(
        CrystalGenerators.Structures(LargestAtomCount),
        Gen.Int[0, LargestTime]
    );

    private readonly Crysformer network = RandomNetwork.Create(RandomNetwork.SmallConfiguration);

    [Fact]
    public void Evaluate_turned_lattice_turns_the_lattice_output_alone() =>
        ForAll(
            CrystalGenerators.Rotations,
            (batch, rotation) =>
            {
                Tensor turn = tensor(rotation).t(); // a row v becomes rotation · v
                CrysformerOutput output = batch.Evaluate(network);
                CrysformerOutput turned = (batch with { Lattices = matmul(batch.Lattices, turn) }).Evaluate(network);
                AssertSame(output with { Lattices = matmul(output.Lattices, turn) }, turned);
            }
        );

    [Fact]
    public void Evaluate_mirrored_lattice_mirrors_the_lattice_output_alone() =>
        ForAll(
            Gen.Int[0, 2],
            (batch, axis) =>
            {
                Tensor mirror = eye(3, dtype: ScalarType.Float64);
                mirror[axis, axis] = -1;
                CrysformerOutput output = batch.Evaluate(network);
                CrysformerOutput seen = (batch with { Lattices = matmul(batch.Lattices, mirror) }).Evaluate(network);
                AssertSame(output with { Lattices = matmul(output.Lattices, mirror) }, seen);
            }
        );

    [Fact]
    public void Evaluate_permuted_atoms_permutes_the_coordinates_alone() =>
        ForAll(
            CrystalGenerators.Permutations(LargestAtomCount),
            (batch, permutation) =>
            {
                long atomCount = batch.AtomicNumbers.shape[1];
                Tensor order = tensor(permutation.Where(atom => atom < atomCount).Select(atom => (long)atom).ToArray());
                Batch permuted = batch with
                {
                    AtomicNumbers = batch.AtomicNumbers.index_select(1, order),
                    Coordinates = batch.Coordinates.index_select(1, order),
                };
                CrysformerOutput output = batch.Evaluate(network);
                AssertSame(
                    output with
                    {
                        Coordinates = output.Coordinates.index_select(1, order),
                    },
                    permuted.Evaluate(network)
                );
            }
        );

    [Fact]
    public void Evaluate_shifted_origin_changes_nothing() =>
        ForAll(
            Gen.Double[-1, 1].Array[3],
            (batch, shift) =>
                AssertSame(
                    batch.Evaluate(network),
                    (batch with { Coordinates = batch.Coordinates + tensor(shift) }).Evaluate(network)
                )
        );

    [Fact]
    public void Evaluate_atoms_moved_by_whole_cells_changes_nothing() =>
        ForAll(
            Gen.Int[-LargestOffset, LargestOffset].Array[LargestAtomCount * 3],
            (batch, offsets) =>
            {
                Tensor cells = tensor(offsets.Select(offset => (double)offset).ToArray())
                    .view(1, LargestAtomCount, 3)
                    .narrow(1, 0, batch.Coordinates.shape[1]);
                AssertSame(
                    batch.Evaluate(network),
                    (batch with { Coordinates = batch.Coordinates + cells }).Evaluate(network)
                );
            }
        );

    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 3)]
    [InlineData(7, 5)]
    public void Evaluate_batch_equals_its_crystals_one_by_one(int atoms, int crystals)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Batch batch = Batch.Random(atoms, crystals, ScalarType.Float64);
        CrysformerOutput[] single = [.. Enumerable.Range(0, crystals).Select(at => batch.At(at).Evaluate(network))];
        CrysformerOutput joined = new(
            cat([.. single.Select(output => output.Lattices)], 0),
            cat([.. single.Select(output => output.Coordinates)], 0),
            cat([.. single.Select(output => output.CrystalFeatures)], 0),
            cat([.. single.Select(output => output.Energies!)], 0),
            TypeLogits: null
        );
        AssertSame(joined, batch.Evaluate(network));
    }

    [Fact]
    public void Evaluate_other_geometry_or_time_changes_every_output()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradient = no_grad();
        Batch batch = Batch.Random(4, 1, ScalarType.Float64);
        Tensor moved = batch.Coordinates.clone();
        moved[0, 0, 0] += 0.1;
        CrysformerOutput output = batch.Evaluate(network);
        Assert.All(
            new[]
            {
                batch with
                {
                    Coordinates = moved,
                },
                batch with
                {
                    Lattices = batch.Lattices * 1.1,
                },
                batch with
                {
                    Times = batch.Times + 100,
                },
                batch with
                {
                    AtomicNumbers = batch.AtomicNumbers.remainder(99) + 1,
                },
            },
            changed =>
            {
                CrysformerOutput other = changed.Evaluate(network);
                Assert.False(output.Lattices.allclose(other.Lattices));
                Assert.False(output.Coordinates.allclose(other.Coordinates));
                Assert.False(output.Energies!.allclose(other.Energies!));
            }
        );
    }

    public void Dispose() => network.Dispose();

    private static void ForAll<T>(Gen<T> choices, Action<Batch, T> check) =>
        Gen.Select(CrystalsAtTimes, choices)
            .Sample(
                (crystalAtTime, choice) =>
                {
                    using DisposeScope scope = NewDisposeScope();
                    using IDisposable noGradient = no_grad();
                    check(Batch.Of(crystalAtTime.Item1, crystalAtTime.Item2), choice);
                },
                seed: Seed,
                iter: CaseCount,
                threads: 1
            );

    private static void AssertSame(CrysformerOutput expected, CrysformerOutput actual)
    {
        TensorAssert.AreNear(expected.Lattices, actual.Lattices, RoundingTolerance, "lattice output");
        TensorAssert.AreNear(expected.Coordinates, actual.Coordinates, RoundingTolerance, "coordinate output");
        TensorAssert.AreNear(expected.CrystalFeatures, actual.CrystalFeatures, RoundingTolerance, "crystal features");
        TensorAssert.AreNear(expected.Energies!, actual.Energies!, RoundingTolerance, "energies");
    }
}
