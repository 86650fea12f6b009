using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats;
using Kagome.Testing;
using Kagome.Tests;

namespace Kagome.Evaluation.Tests;

/// <summary>That the options of an evaluation reach what is sampled, and not only what is written down.</summary>
public sealed class EvaluatorSamplingTests(TinyModels models) : IClassFixture<TinyModels>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task EvaluateAsync_every_sample_of_a_crystal_is_another_structure()
    {
        EvaluationResult result = await Evaluate("Mg", o => o with { Samples = 4 });
        foreach (CrystalResult crystal in result.Crystals)
        {
            Assert.Equal(4, crystal.Samples.Select(sample => sample.VolumePerAtom).Distinct().Count());
        }
    }

    [Fact]
    public async Task EvaluateAsync_of_two_crystals_of_one_formula_samples_another_structure_for_each() =>
        Assert.Equal(3, (await Volumes("Mg")).Distinct().Count());

    /// <summary>An energy does not change where the only atom of a cell is moved.</summary>
    [Fact]
    public async Task EvaluateAsync_guided_of_one_atom_changes_by_the_weight_of_lattices_alone()
    {
        double[] plain = await Volumes("Cu");
        double[] coordinates = await Volumes("Cu", o => o with { CoordinateGuidance = 50 });
        double[] lattices = await Volumes("Cu", o => o with { LatticeGuidance = 50 });
        Assert.All(plain.Zip(coordinates), pair => Assert.Equal(pair.First, pair.Second, 1e-3 * pair.First));
        Assert.NotEqual(plain.Average(), lattices.Average(), 1e-2 * plain.Average());
    }

    public static TheoryData<string, SamplerOptions> Samplers { get; } =
        new()
        {
            {
                nameof(SamplerOptions.Steps),
                new() { Steps = 5 }
            },
            {
                nameof(SamplerOptions.Temperature),
                new() { Steps = 4, Temperature = 0.3 }
            },
            {
                nameof(SamplerOptions.LatticeUpdate),
                new() { Steps = 4, LatticeUpdate = Processes.Diffusion.LatticeUpdate.Deterministic }
            },
            {
                nameof(SamplerOptions.CorrectorInterval),
                new() { Steps = 4, CorrectorInterval = 0 }
            },
            {
                nameof(SamplerOptions.CorrectorStepSize),
                new() { Steps = 4, CorrectorStepSize = 1e-4 }
            },
        };

    [Theory]
    [MemberData(nameof(Samplers))]
    public async Task EvaluateAsync_by_another_sampler_gives_other_structures(string option, SamplerOptions sampler) =>
        Assert.False(
            Enumerable.SequenceEqual(await Volumes("MgO"), await Volumes("MgO", o => o with { Sampler = sampler })),
            option
        );

    [Fact]
    public async Task EvaluateAsync_with_another_seed_gives_other_structures() =>
        Assert.Empty(Enumerable.Intersect(await Volumes("MgO"), await Volumes("MgO", o => o with { Seed = 2 })));

    public void Dispose() => folder.Dispose();

    private async Task<double[]> Volumes(string formula, Func<EvaluationOptions, EvaluationOptions>? change = null) =>
        [
            .. (await Evaluate(formula, change ?? (options => options))).Crystals.Select(crystal =>
                crystal.Samples[0].VolumePerAtom!.Value
            ),
        ];

    /// <summary>Three cubic crystals of a formula without numbers, one atom of each element a cell.</summary>
    private Task<EvaluationResult> Evaluate(string formula, Func<EvaluationOptions, EvaluationOptions> change)
    {
        string[] symbols = formula == "MgO" ? ["Mg", "O"] : [formula];
        Site[] sites =
        [
            .. symbols.Select((symbol, at) => new Site(Element.FromSymbol(symbol), new(0.5 * at, 0.5 * at, 0.5 * at))),
        ];
        DataSet.Write(
            folder["known.jsonl"],
            [
                .. Enumerable
                    .Range(0, 3)
                    .Select(at => new CrystalRecord($"{formula}-{at}", new Structure(Lattice.Cubic(3 + at), sites))),
            ]
        );
        EvaluationOptions options = new()
        {
            Data = folder["known.jsonl"],
            Split = EvaluationOptions.AllSplits,
            Models = models.Options,
            Sampler = new SamplerOptions { Steps = 4 },
        };
        return Evaluator.EvaluateAsync(change(options), null, TestContext.Current.CancellationToken);
    }
}
