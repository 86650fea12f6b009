using Kagome.Crystals.Lattices;
using Kagome.Crystals.Matching;
using Kagome.Crystals.Structures;
using Kagome.Formats;
using Kagome.Processes;
using Kagome.Processes.Flow;
using Kagome.Processes.Schedules;
using Kagome.Prototypes;
using Kagome.Testing;
using Kagome.Tests;
using static Kagome.Prototypes.Tests.TypicalCrystals;

namespace Kagome.Evaluation.Tests;

/// <summary>The evaluation of known structure types, by how alike elements are.</summary>
public sealed class EvaluatorPrototypesTests : IClassFixture<TinyModels>, IDisposable
{
    private readonly TinyModels models;
    private readonly TemporaryFolder folder = new();

    public EvaluatorPrototypesTests(TinyModels models)
    {
        this.models = models;
        using PrototypeLibrary library = Library(
            Record("polymorph", CaesiumChloride("Na", "Cl", 3.4)),
            Record("KBr", RockSalt("K", "Br", 6.6)),
            Record("CaTiO3", Perovskite("Ca", "Ti", "O", 3.9))
        );
        library.Write(folder["typical.prototypes"]);
        DataSet.Write(
            folder["data.jsonl"],
            [
                Record("NaCl", RockSalt("Na", "Cl", 5.64)),
                Record("SrTiO3", Perovskite("Sr", "Ti", "O", 3.905)),
                Record("CaF2", Fluorite("Ca", "F", 5.46)),
            ]
        );
    }

    [Fact]
    public async Task EvaluateAsync_scores_the_first_proposals()
    {
        EvaluationResult result = await Evaluate(Options);
        Assert.Equal([false, true, false], result.Crystals.Select(crystal => crystal.Samples[0].Rms is not null));
        Assert.StartsWith("known structure types of typical", result.Summary.Origin.Model, StringComparison.Ordinal);
        Assert.Equal("false", result.Summary.Origin.Sampler["leaves_out_formula"]);
        Assert.Null(result.Summary.Origin.Tolerances);
    }

    [Fact]
    public async Task EvaluateAsync_without_the_same_formula_asks_others()
    {
        EvaluationResult result = await Evaluate(Options with { LeavesOutFormula = true });
        Assert.Equal([true, true, false], result.Crystals.Select(crystal => crystal.Samples[0].Rms is not null));
        Assert.Equal("true", result.Summary.Origin.Sampler["leaves_out_formula"]);
    }

    /// <summary>The crystal on the hull is right, and its cell is not given: the perovskite of twice the cell is the same crystal.</summary>
    [Theory]
    [InlineData(CandidateSources.Prototypes)]
    [InlineData(CandidateSources.Both)]
    public async Task EvaluateAsync_of_the_formula_alone_asks_for_its_crystal_nearest_to_the_hull(
        CandidateSources sources
    )
    {
        DataSet.Write(
            folder["formulas.jsonl"],
            [
                Record("above", CaesiumChloride("Rb", "Br", 3.9), 0.1),
                Record("on-hull", RockSalt("Rb", "Br", 6.9), 0),
                Record("unknown", CaesiumChloride("Rb", "Br", 4)),
                Record("SrTiO3", Doubled(Perovskite("Sr", "Ti", "O", 3.905))),
            ]
        );
        EvaluationOptions options = Options with
        {
            Data = folder["formulas.jsonl"],
            Candidates = sources,
            FormulaOnly = true,
            LeavesOutFormula = true,
            Samples = 3,
            Sampler = new SamplerOptions { Steps = 2 },
        };
        EvaluationResult result = await Evaluate(WithModels(options));
        Assert.Equal(["on-hull", "SrTiO3"], result.Crystals.Select(crystal => crystal.Id));
        Assert.All(result.Crystals, crystal => Assert.Contains(crystal.Samples, sample => sample.Rms is not null));
        Assert.Equal("true", result.Summary.Origin.Sampler["formula_only"]);
        EvaluationResult given = await Evaluate(WithModels(options) with { FormulaOnly = false });
        Assert.Equal(4, given.Crystals.Count);
        Assert.DoesNotContain(
            given.Crystals[3].Samples,
            sample => sample.Rms is not null && sample.Source == CandidateSources.Prototypes
        ); // nothing known has ten atoms in its cell
    }

    [Theory]
    [InlineData(CandidateSources.Generated, false, null, "FormulaOnly is for known structure types")]
    [InlineData(CandidateSources.Prototypes, false, "some.cif", "FormulaOnly is for known structure types")]
    [InlineData(CandidateSources.Prototypes, true, null, "FormulaOnly asks for one structure of each formula")]
    public void Validate_of_the_formula_alone_with_what_contradicts_it_is_refused(
        CandidateSources sources,
        bool polymorphs,
        string? predictions,
        string message
    )
    {
        EvaluationOptions options = Options with
        {
            FormulaOnly = true,
            Candidates = sources,
            PolymorphsOnly = polymorphs,
            Predictions = predictions,
        };
        Assert.StartsWith(message, Assert.Throws<InputException>(options.Validate).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EvaluateAsync_more_samples_are_the_next_proposals()
    {
        EvaluationResult result = await Evaluate(Options with { Samples = 3 });
        Assert.Equal([false, true, false], result.Crystals[0].Samples.Select(sample => sample.Rms is not null));
        Assert.Contains("no more known structure types", $"{result.Crystals[0].Samples[2]}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task EvaluateAsync_by_other_tolerances_says_so()
    {
        EvaluationResult result = await Evaluate(Options with { Tolerances = MatcherOptions.Default });
        Assert.Equal($"{MatcherOptions.Default}", result.Summary.Origin.Tolerances);
        Assert.Equal([false, true, false], result.Crystals.Select(crystal => crystal.Samples[0].Rms is not null));
    }

    /// <summary>A generator that learned nothing adds what matches nothing, behind what is known.</summary>
    [Fact]
    public async Task EvaluateAsync_of_both_sources_scores_what_a_prediction_ranks()
    {
        EvaluationOptions options = Options with
        {
            Candidates = CandidateSources.Both,
            LeavesOutFormula = true,
            Samples = 6,
            Sampler = new SamplerOptions { Steps = 2 },
        };
        EvaluationResult result = await Evaluate(WithModels(options));
        Assert.Equal([true, true, false], result.Crystals.Select(crystal => crystal.Samples[0].Rms is not null));
        Assert.Equal(
            [CandidateSources.Prototypes, CandidateSources.Prototypes, CandidateSources.Generated],
            result.Crystals.Select(crystal => crystal.Source)
        );
        Assert.Contains(result.Crystals[0].Samples, sample => sample.Source == CandidateSources.Generated);
        Assert.Equal(["known structure types", "generated"], result.Summary.BySource.Select(group => group.Group));
        Assert.Equal([2, 1], result.Summary.BySource.Select(group => group.Metrics.Crystals));
        Assert.Contains("beside known structure types", result.Summary.Origin.Model, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EvaluateAsync_of_both_sources_gives_the_structures_of_a_prediction()
    {
        EvaluationOptions options = WithModels(
            Options with
            {
                Candidates = CandidateSources.Both,
                Samples = 20,
                Seed = 3,
                Sampler = new SamplerOptions { Steps = 2 },
            }
        );
        EvaluationResult result = await Evaluate(options);
        using CrystalPredictor predictor = CrystalPredictor.Load(options.Models);
        Prediction prediction = await predictor.PredictAsync(
            "CaF2",
            new PredictionOptions
            {
                AtomCount = 3,
                Seed = 3,
                Sampler = options.Sampler!,
            },
            cancellation: TestContext.Current.CancellationToken
        );
        Assert.Equal(
            prediction.Crystals.Take(20).Select(crystal => (double?)crystal.Structure.VolumePerAtom),
            result.Crystals[2].Samples.Select(sample => sample.VolumePerAtom)
        );
    }

    [Fact]
    public void SamplerFor_is_that_of_predictions_for_both_sources_and_at_temperature_1_for_one()
    {
        Assert.Equal(0.5, Temperature(CandidateSources.Both, new DiffusionConfiguration()));
        Assert.Equal(0.1, Temperature(CandidateSources.Both, new FlowConfiguration()));
        Assert.Equal(1, Temperature(CandidateSources.Generated, new DiffusionConfiguration()));
        Assert.Equal(1, Temperature(CandidateSources.Generated, new FlowConfiguration()));
        double? Temperature(CandidateSources sources, ProcessConfiguration process) =>
            (Options with { Candidates = sources, Sampler = new() }).SamplerFor(process).Temperature;
    }

    [Theory]
    [InlineData(CandidateSources.Both)]
    [InlineData(CandidateSources.Generated)]
    public void SamplerFor_keeps_what_is_given(CandidateSources sources)
    {
        SamplerOptions given = new()
        {
            Temperature = 0.3,
            Steps = 7,
            CorrectorInterval = 2,
        };
        EvaluationOptions options = Options with { Candidates = sources, Sampler = given };
        Assert.Equal(given, options.SamplerFor(new FlowConfiguration()));
    }

    public void Dispose() => folder.Dispose();

    private static Structure Doubled(Structure structure)
    {
        Lattice lattice = structure.Lattice;
        return new Structure(
            new Lattice(lattice.A, lattice.B, lattice.C + lattice.C),
            new[] { 0.0, 0.5 }.SelectMany(shift =>
                structure.Sites.Select(site =>
                    site with
                    {
                        Position = new Fractional(site.Position.X, site.Position.Y, (site.Position.Z / 2) + shift),
                    }
                )
            )
        );
    }

    private EvaluationOptions Options =>
        new()
        {
            Data = folder["data.jsonl"],
            Split = EvaluationOptions.AllSplits,
            Candidates = CandidateSources.Prototypes,
            Models = new ModelOptions
            {
                Threads = 1,
                Prototypes = new KnownStructureOptions
                {
                    Libraries = [folder["typical.prototypes"]],
                    Ranker = KnownStructureOptions.None,
                },
            },
        };

    /// <summary>With a generator, and with the ranker that came along: only with probabilities do known structure types come first.</summary>
    private EvaluationOptions WithModels(EvaluationOptions options) =>
        options with
        {
            Models = options.Models with
            {
                Folder = models.Folder,
                Generator = TinyModels.Generator,
                Prototypes = options.Models.Prototypes! with { Ranker = KnownStructureOptions.Default },
            },
        };

    private static Task<EvaluationResult> Evaluate(EvaluationOptions options) =>
        Evaluator.EvaluateAsync(options, cancellation: TestContext.Current.CancellationToken);
}
