using System.Text.Json;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Validity;
using Kagome.Energies;
using Kagome.Networks;
using Kagome.Networks.Batches;
using Kagome.Testing;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kagome.Tests.Relaxation;

public sealed class CrystalRelaxerTests : IDisposable
{
    private const double Float64Tolerance = 1e-6;

    private static readonly Structure[] Crystals =
    [
        TestCrystals.Skewed,
        TestCrystals.ZincBlende,
        TestCrystals.CaesiumChloride,
    ];

    private readonly DisposeScope scope = NewDisposeScope();
    private readonly Crysformer network = RandomNetwork.Create(RandomNetwork.SmallConfiguration);
    private FoldedCrysformer folded;

    public CrystalRelaxerTests() => folded = network.Fold();

    private static CancellationToken TestCancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Relax_unguarded_five_iterations_falls_to_the_golden_energies()
    {
        using GoldenValues golden = new();
        CrystalRelaxer relaxer = new(golden.Network(ScalarType.Float64).Fold(), RelaxationOptions.Unguarded);
        foreach (JsonElement entry in golden.Entries("relax"))
        {
            (Tensor atomicNumbers, Tensor coordinates, Tensor lattices) = golden.Crystal(
                entry.GetProperty("name").GetString()!,
                ScalarType.Float64
            );
            Structure crystal = ToStructure(atomicNumbers, coordinates, lattices);
            RelaxedCrystal relaxed = Assert.Single(relaxer.Relax([crystal], TestCancellation));
            Assert.Equal(entry.GetProperty("energy_before").GetDouble(), relaxed.EnergyBefore, Float64Tolerance);
            Assert.Equal(entry.GetProperty("energy_after").GetDouble(), relaxed.EnergyAfter, Float64Tolerance);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(9)]
    public void Relax_unguarded_goes_the_way_of_torch(int iterations)
    {
        CrystalBatch batch = CrystalBatch.Of([TestCrystals.Skewed], network.parameters().First());
        Parameter coordinates = new(batch.Coordinates.clone());
        Parameter lattices = new(batch.Lattices.clone());
        optim.Optimizer optimizer = optim.LBFGS(
            [coordinates, lattices],
            lr: 1,
            max_iter: iterations,
            max_eval: 2 * iterations
        );
        optimizer.step(() =>
        {
            optimizer.zero_grad();
            Tensor energy = network
                .Evaluate(batch with { Coordinates = coordinates, Lattices = lattices })
                .Energies!.sum();
            energy.backward();
            return energy;
        });

        RelaxedCrystal relaxed = Relax(RelaxationOptions.Unguarded with { Iterations = iterations })[0];
        CrystalBatch actual = CrystalBatch.Of([relaxed.Structure], batch.Lattices);
        TensorAssert.AreNear(lattices, actual.Lattices, Float64Tolerance, "lattice");
        Tensor moved = (coordinates - actual.Coordinates).detach();
        TensorAssert.AreNear(zeros_like(moved), moved - moved.round(), Float64Tolerance, "coordinates");
    }

    [Fact]
    public void Relax_together_is_relax_alone()
    {
        IReadOnlyList<RelaxedCrystal> together = new CrystalRelaxer(folded, new RelaxationOptions()).Relax(
            Crystals,
            TestCancellation
        );
        foreach ((Structure crystal, RelaxedCrystal expected) in Crystals.Zip(together))
        {
            RelaxedCrystal alone = Relax(new RelaxationOptions(), crystal)[0];
            Assert.Equal(expected.EnergyAfter, alone.EnergyAfter, Float64Tolerance);
            Assert.Equal(expected.Iterations, alone.Iterations);
            Assert.Equal(expected.End, alone.End);
        }
    }

    [Fact]
    public void Relax_lowers_the_energy_to_what_the_network_says_of_the_result()
    {
        foreach (RelaxedCrystal relaxed in Relax(new RelaxationOptions { Iterations = 10 }, Crystals))
        {
            Assert.True(relaxed.EnergyAfter <= relaxed.EnergyBefore);
            Assert.Equal(relaxed.EnergyAfter, CrystalReadings.Of(folded, [relaxed.Structure])[0], Float64Tolerance);
        }

        Assert.True(Relax(new RelaxationOptions())[0].EnergyAfter < Relax(new RelaxationOptions())[0].EnergyBefore);
    }

    [Fact]
    public void Relax_one_iteration_moves_nothing_further_than_the_largest_step()
    {
        const double Limit = 0.01;
        Structure before = TestCrystals.Skewed;
        RelaxedCrystal relaxed = Relax(new RelaxationOptions { Iterations = 1, LargestStepAngstrom = Limit })[0];
        Assert.True(relaxed.Iterations == 1, relaxed.ToString());
        Lattice lattice = relaxed.Structure.Lattice;
        Cartesian[] moves =
        [
            lattice.A - before.Lattice.A,
            lattice.B - before.Lattice.B,
            lattice.C - before.Lattice.C,
            .. relaxed.Structure.Sites.Zip(
                before.Sites,
                (now, then) => before.Lattice.ToCartesian((now.Position - then.Position).WrapToNearest())
            ),
        ];
        Assert.InRange(moves.Max(move => move.Length), 0.1 * Limit, Limit * (1 + Float64Tolerance));
    }

    [Fact]
    public void Relax_whose_every_step_would_collapse_the_crystal_stays_where_it_was()
    {
        // an energy that falls with the cell pulls it together without end
        RelaxationOptions wild = new()
        {
            Iterations = 500,
            LargestStepAngstrom = 1,
            Halvings = 0,
        };
        foreach (RelaxedCrystal relaxed in Relax(wild, Crystals))
        {
            Assert.Null(StructureValidity.Problem(relaxed.Structure));
        }
    }

    [Fact]
    public void Relax_with_a_network_that_gives_no_number_keeps_the_original_and_says_diverged()
    {
        using IDisposable noGradient = no_grad();
        network.parameters().First().fill_(double.NaN);
        folded.Dispose();
        folded = network.Fold();
        RelaxedCrystal relaxed = Relax(new RelaxationOptions())[0];
        Assert.Equal(RelaxationEnd.Diverged, relaxed.End);
        Assert.Same(TestCrystals.Skewed, relaxed.Structure);
    }

    [Fact]
    public void Relax_leaves_no_tensors() => NoTensorLeaks.During(() => Relax(new RelaxationOptions(), Crystals));

    public void Dispose()
    {
        folded.Dispose();
        network.Dispose();
        scope.Dispose();
    }

    private IReadOnlyList<RelaxedCrystal> Relax(RelaxationOptions settings, params Structure[] crystals) =>
        new CrystalRelaxer(folded, settings).Relax(
            crystals.Length > 0 ? crystals : [TestCrystals.Skewed],
            TestCancellation
        );

    private static Structure ToStructure(Tensor atomicNumbers, Tensor coordinates, Tensor lattices)
    {
        long[] numbers = atomicNumbers.flatten().data<long>().ToArray();
        double[] positions = coordinates.flatten().data<double>().ToArray();
        double[] rows = lattices.flatten().data<double>().ToArray();
        Cartesian Row(int row) => new(rows[3 * row], rows[(3 * row) + 1], rows[(3 * row) + 2]);
        return new Structure(
            new Lattice(Row(0), Row(1), Row(2)),
            numbers.Select(
                (number, at) =>
                    new Site(
                        new Crystals.Elements.Element((int)number),
                        new Fractional(positions[3 * at], positions[(3 * at) + 1], positions[(3 * at) + 2])
                    )
            )
        );
    }
}
