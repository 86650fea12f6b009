using Kagome.Crystals.Structures;
using Kagome.Formats;
using Kagome.Testing;

namespace Kagome.Evaluation.Tests;

/// <summary>The evaluation of structures that another program made.</summary>
public sealed class EvaluatorPredictionsTests : IDisposable
{
    private const int CrystalCount = 6;
    private const double Tolerance = 1e-9;

    private readonly TemporaryFolder folder = new();
    private readonly CrystalRecord[] crystals = EvaluatedCrystals.Series(CrystalCount);

    public EvaluatorPredictionsTests() => DataSet.Write(folder["data.jsonl"], crystals);

    private static CancellationToken TestCancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ScoreAsync_the_references_themselves_are_perfect()
    {
        EvaluationResult result = await Evaluator.ScoreAsync(crystals, crystals, cancellation: TestCancellation);
        EvaluationMetrics all = result.Summary.Overall;
        Assert.Equal(1, all.AtOne.Rate.Value, Tolerance);
        Assert.Equal(0, all.AtOne.Rmse!.Value, 1e-4);
        Assert.Equal(
            ("references", "predictions", null),
            (result.Summary.Origin.Data, result.Summary.Origin.Predictions, result.Folder)
        );
    }

    [Fact]
    public async Task ScoreAsync_takes_structures_by_the_longest_name_that_they_begin_with()
    {
        CrystalRecord[] references = [crystals[0] with { Id = "x" }, crystals[1] with { Id = "x_1" }];
        EvaluationResult result = await Evaluator.ScoreAsync(
            references,
            [crystals[1] with { Id = "x_1" }, crystals[0] with { Id = "x#a" }, crystals[0] with { Id = "x/b_1" }],
            cancellation: TestCancellation
        );
        Assert.Equal([2, 1], result.Crystals.Select(crystal => crystal.Samples.Count));
        Assert.Equal(1, result.Summary.Overall.AtOne.Rate.Value, Tolerance);
    }

    [Fact]
    public async Task ScoreAsync_references_of_one_name_get_names_of_their_own()
    {
        CrystalRecord twin = crystals[1] with { Id = crystals[0].Id };
        EvaluationResult result = await Evaluator.ScoreAsync(
            [crystals[0], twin],
            [crystals[0]],
            cancellation: TestCancellation
        );
        Assert.Equal(["crystal-0", "crystal-0#2"], result.Crystals.Select(crystal => crystal.Id));
    }

    [Fact]
    public async Task ScoreAsync_of_nothing_is_refused()
    {
        await AssertRefused("There are no references", Evaluator.ScoreAsync([], crystals, null, TestCancellation));
        await AssertRefused(
            "predictions holds 0 structures",
            Evaluator.ScoreAsync(crystals, [], null, TestCancellation)
        );
    }

    [Fact]
    public async Task EvaluateAsync_folder_takes_files_by_their_names_and_counts_the_missing_as_failures()
    {
        Write("crystal-0.cif", crystals[0].Structure);
        Write("crystal-2_1.cif", EvaluatedCrystals.Chloride(4, 0.2)); // off
        Write("crystal-2_2.cif", crystals[2].Structure);
        Write("other.cif", crystals[1].Structure);
        using Evaluator evaluator = Evaluator.Open(Options("theirs"), TestCancellation);
        Assert.Equal(
            [
                "4 of 6 crystals have no prediction and count as failures.",
                "1 structures are named after no crystal that is scored, and are left out.",
            ],
            evaluator.Plan.Concerns
        );
        EvaluationSummary summary = (await evaluator.RunAsync(null, TestCancellation)).Summary;
        Assert.Equal((2, 4), (summary.Origin.Samples, summary.WithoutStructure));
        Assert.Equal(2.0 / CrystalCount, summary.Overall.AtK.Rate.Value, Tolerance);
        Assert.Equal(7, File.ReadAllLines(folder["out/results.jsonl"]).Length); // one of each, and a second one
    }

    /// <summary>The frames of a trajectory are the samples of its crystal.</summary>
    [Theory]
    [InlineData("theirs/crystal-0/XDATCAR", "theirs")]
    [InlineData("theirs/crystal-0.XDATCAR", "theirs")]
    [InlineData("theirs/crystal-0_XDATCAR", "theirs")]
    [InlineData("crystal-0.XDATCAR", "crystal-0.XDATCAR")]
    public async Task EvaluateAsync_takes_the_frames_of_a_trajectory_as_samples(string path, string predictions)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[path])!);
        const string Head = "CsCl\n1\n3.9 0 0\n0 3.9 0\n0 0 3.9\nCs Cl\n1 1\n";
        File.WriteAllText(
            folder[path],
            $"{Head}Direct configuration=     1\n0 0 0\n0.5 0.5 0.3\nDirect configuration=     2\n0 0 0\n0.5 0.5 0.5\n"
        );
        EvaluationResult result = await Evaluate(Options(predictions));
        double[] rms = [.. result.Crystals[0].Samples.Select(sample => sample.Rms!.Value)];
        Assert.Equal(2, rms.Length);
        Assert.InRange(rms[0], 0.1, 0.5); // the chlorine is off in the first frame
        Assert.Equal(0, rms[1], 1e-6);
        Assert.Equal(5, result.Summary.WithoutStructure);
    }

    [Fact]
    public async Task EvaluateAsync_takes_as_many_samples_as_are_asked_for()
    {
        DataSet.Write(folder["theirs.jsonl"], [crystals[0], crystals[0] with { Id = "crystal-0_2" }]);
        EvaluationResult result = await Evaluate(Options("theirs.jsonl") with { Samples = 1 });
        Assert.Equal((1, 1), (result.Summary.Origin.Samples, result.Crystals[0].Samples.Count));
    }

    [Fact]
    public async Task EvaluateAsync_what_an_evaluation_wrote_gives_the_same_rates()
    {
        DataSet.Write(
            folder["made.jsonl"],
            [.. crystals.Where((_, at) => at != 1).Select(record => record with { Split = null })]
        );
        EvaluationResult first = await Evaluate(Options("made.jsonl"));
        EvaluationResult second = await Evaluate(Options("out/structures.jsonl") with { OutputFolder = null });
        Assert.Equal(5.0 / CrystalCount, first.Summary.Overall.AtOne.Rate.Value, Tolerance);
        Assert.Equal(first.Summary.Overall.AtOne.Rate.Value, second.Summary.Overall.AtOne.Rate.Value, Tolerance);
    }

    [Fact]
    public async Task EvaluateAsync_of_other_predictions_is_not_resumed()
    {
        DataSet.Write(folder["same.extxyz"], crystals);
        await Evaluate(Options("same.extxyz"));
        DataSet.Write(folder["same.extxyz"], crystals[1..]);
        await AssertRefused("predictions_fingerprint is", Evaluate(Options("same.extxyz") with { Resume = true }));
    }

    [Fact]
    public async Task EvaluateAsync_predictions_of_other_names_are_refused()
    {
        DataSet.Write(folder["theirs.jsonl"], [new CrystalRecord("mp-1", crystals[0].Structure)]);
        await AssertRefused(
            "none is named after a crystal of the data, such as crystal-0",
            Evaluate(Options("theirs.jsonl"))
        );
        Assert.False(Directory.Exists(Path.Combine(folder.Location, "out")));
    }

    public void Dispose() => folder.Dispose();

    private static Task<EvaluationResult> Evaluate(EvaluationOptions options) =>
        Evaluator.EvaluateAsync(options, progress: null, TestCancellation);

    private static async Task AssertRefused(string part, Task<EvaluationResult> work) =>
        Assert.Contains(part, (await Assert.ThrowsAsync<InputException>(() => work)).Message, StringComparison.Ordinal);

    private EvaluationOptions Options(string predictions) =>
        new()
        {
            Data = folder["data.jsonl"],
            Predictions = Path.Combine(folder.Location, predictions),
            OutputFolder = Path.Combine(folder.Location, "out"),
        };

    private void Write(string name, Structure structure) =>
        StructureFile.Write(folder[$"theirs/{name}"], new CrystalRecord("x", structure));
}
