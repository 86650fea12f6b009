using Kagome.Evaluation.Comparisons;
using Kagome.Formats;
using Kagome.Testing;
using Kagome.Tests;

namespace Kagome.Evaluation.Tests.Comparisons;

public sealed class EvaluationComparisonTests(TinyModels models) : IClassFixture<TinyModels>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken TestCancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadAsync_sets_evaluations_against_the_first()
    {
        await Evaluate("few", 2);
        await Evaluate("many", 8);
        IReadOnlyList<ComparedEvaluation> compared = await EvaluationComparison.ReadAsync(
            [folder["few"], folder["many"] + Path.DirectorySeparatorChar],
            cancellation: TestCancellation
        );
        Assert.Equal(["few", "many"], compared.Select(evaluation => evaluation.Name));
        Assert.Equal("kagome-g", compared[0].Subject);
        Assert.True(compared[0].SecondsPerStructure > 0);
        Assert.Null(compared[0].ToFirst);
        PairedDifference difference = compared[1].ToFirst!;
        Assert.Equal(4, difference.Crystals);
        Assert.Null(difference.Energy);
    }

    [Fact]
    public async Task ReadAsync_with_a_predictor_compares_energies()
    {
        await Evaluate("few", 2);
        using EnergyPredictor predictor = EnergyPredictor.Load(models.Options);
        IReadOnlyList<ComparedEvaluation> compared = await EvaluationComparison.ReadAsync(
            [folder["few"], folder["few"]],
            predictor,
            cancellation: TestCancellation
        );
        PairedDifference difference = compared[1].ToFirst!;
        Assert.True(difference.CrystalsWithEnergy > 0);
        Assert.NotNull(difference.EnergyBefore);
        Assert.Equal(0, difference.Energy!.Value);
    }

    [Fact]
    public async Task ReadAsync_of_no_finished_evaluation_is_refused()
    {
        await Evaluate("few", 2);
        InputException nothing = await Assert.ThrowsAsync<InputException>(() => Read("nowhere"));
        Assert.Contains("holds no finished evaluation", nothing.Message, StringComparison.Ordinal);
        File.WriteAllText(folder["few/summary.json"], "{}");
        InputException damaged = await Assert.ThrowsAsync<InputException>(() => Read("few"));
        Assert.Contains("is no summary of an evaluation", damaged.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private Task<IReadOnlyList<ComparedEvaluation>> Read(string name) =>
        EvaluationComparison.ReadAsync([folder[name]], cancellation: TestCancellation);

    private Task<EvaluationResult> Evaluate(string name, int steps)
    {
        DataSet.Write(folder["data.jsonl"], EvaluatedCrystals.Series(4));
        return Evaluator.EvaluateAsync(
            new EvaluationOptions
            {
                Data = folder["data.jsonl"],
                Models = models.Options,
                Sampler = new SamplerOptions { Steps = steps },
                OutputFolder = folder[name],
            },
            progress: null,
            TestCancellation
        );
    }
}
