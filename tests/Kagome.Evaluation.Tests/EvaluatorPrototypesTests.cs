using Kagome.Crystals.Matching;
using Kagome.Formats;
using Kagome.Prototypes;
using Kagome.Testing;
using static Kagome.Prototypes.Tests.TypicalCrystals;

namespace Kagome.Evaluation.Tests;

/// <summary>The evaluation of known structure types, by how alike elements are.</summary>
public sealed class EvaluatorPrototypesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public EvaluatorPrototypesTests()
    {
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

    [Fact]
    public void Validate_of_both_sources_is_refused() =>
        Assert.Throws<OptionException>(() => (Options with { Candidates = CandidateSources.Both }).Validate());

    public void Dispose() => folder.Dispose();

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

    private static Task<EvaluationResult> Evaluate(EvaluationOptions options) =>
        Evaluator.EvaluateAsync(options, cancellation: TestContext.Current.CancellationToken);
}
