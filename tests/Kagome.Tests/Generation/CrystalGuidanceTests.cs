using Kagome.Crystals.Compositions;
using Kagome.Crystals.Structures;
using Kagome.Networks;
using Kagome.Processes.Diffusion;
using Kagome.Processes.Schedules;
using Kagome.Testing;

namespace Kagome.Tests.Generation;

/// <summary>The numbers of guided sampling are golden values; these are the switches.</summary>
public sealed class CrystalGuidanceTests : IDisposable
{
    private static readonly DiffusionProcess Process = new(
        NoiseSchedules.Compute(new DiffusionConfiguration { StepCount = 20 })
    );

    private readonly Crysformer network = RandomNetwork.Create(RandomNetwork.SmallConfiguration);
    private readonly FoldedCrysformer folded;

    public CrystalGuidanceTests() => folded = network.Fold();

    [Fact]
    public void Generate_guided_with_weight_0_is_unguided() => Assert.Equal(Generate(null), Generate(Guidance(0, 0)));

    [Fact]
    public void Generate_guided_by_either_weight_gives_other_structures()
    {
        double[] unguided = Generate(null);
        double[] coordinates = Generate(Guidance(50, 0));
        double[] lattices = Generate(Guidance(0, 50));
        Assert.NotEqual(unguided, coordinates);
        Assert.NotEqual(unguided, lattices);
        Assert.NotEqual(coordinates, lattices);
    }

    /// <summary>An energy does not change where a crystal of one atom is moved, so that only its lattice can be pulled.</summary>
    [Fact]
    public void Generate_guided_of_one_atom_changes_by_the_weight_of_lattices_alone()
    {
        double[] unguided = Generate(null, "Cu");
        double[] coordinates = Generate(Guidance(50, 0), "Cu");
        Assert.All(unguided.Zip(coordinates), pair => Assert.Equal(pair.First, pair.Second, 1e-8 * Scale(pair.First)));
        Assert.NotEqual(unguided[^1], Generate(Guidance(0, 50), "Cu")[^1], 1e-3 * unguided[^1]);
    }

    [Fact]
    public void GuidedBy_keeps_the_settings_of_the_walk()
    {
        PredictorCorrector walk = new(Process)
        {
            MoveCount = 7,
            CorrectorStepSize = 3e-6,
            ReferenceSigma = 0.01,
        };
        PredictorCorrector guided = walk.GuidedBy(null);
        Assert.Equal(7, guided.MoveCount);
        Assert.Equal(3e-6, guided.CorrectorStepSize);
        Assert.Equal(0.01, guided.ReferenceSigma);
    }

    public void Dispose()
    {
        folded.Dispose();
        network.Dispose();
    }

    private CrystalGuidance Guidance(double coordinates, double lattices) => new(folded, coordinates, lattices);

    /// <summary>All numbers of three structures.</summary>
    private double[] Generate(CrystalGuidance? guidance, string formula = "MgO") =>
        [
            .. new CrystalGenerator(folded, new PredictorCorrector(Process), guidance)
                .Generate(FormulaParser.Parse(formula), 3, seed: 4, cancellation: TestContext.Current.CancellationToken)
                .SelectMany(crystal => Numbers(Assert.IsType<Structure>(crystal.Structure))),
        ];

    private static double Scale(double number) => Math.Max(1, Math.Abs(number));

    private static IEnumerable<double> Numbers(Structure structure) =>
        structure
            .Sites.SelectMany(site => new[] { site.Position.X, site.Position.Y, site.Position.Z })
            .Append(structure.Lattice.Volume);
}
