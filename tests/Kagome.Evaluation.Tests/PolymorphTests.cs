using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats;
using Kagome.Testing;

namespace Kagome.Evaluation.Tests;

/// <summary>How many of the known structures of a formula are found.</summary>
public sealed class PolymorphTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static readonly CrystalRecord Chloride = new("cscl", EvaluatedCrystals.Chloride(4.1)) { Split = "test" };
    private static readonly CrystalRecord RockSalt = Cubic("rock-salt", 0.5, 4.9);
    private static readonly CrystalRecord Titania = EvaluatedCrystals.Series(2)[1] with { Id = "titania" };

    private static CancellationToken TestCancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ScoreAsync_counts_the_structures_of_a_formula_whichever_crystal_a_prediction_was_made_for()
    {
        PolymorphMetrics found = Assert.Single(
            await Score([Chloride, RockSalt, Titania], [RockSalt with { Id = "cscl" }, RockSalt, Titania])
        );
        Assert.Equal((2, 1), (found.Structures, found.Formulas));
        Assert.Equal((0, 0.5), (found.AllFound.Value, found.Found.Value));
        PolymorphMetrics all = Assert.Single(
            await Score([Chloride, RockSalt], [RockSalt with { Id = "cscl" }, Chloride with { Id = "rock-salt" }])
        );
        Assert.Equal((2, 1, 1, 1), (all.Structures, all.Formulas, all.AllFound.Value, all.Found.Value));
    }

    [Fact]
    public async Task ScoreAsync_crystals_that_match_each_other_are_one_structure()
    {
        CrystalRecord larger = Cubic("larger", 0.5, 5.0);
        Assert.Empty(await Score([RockSalt, larger, Titania], [RockSalt]));
        PolymorphMetrics found = Assert.Single(await Score([RockSalt, larger, Chloride], [RockSalt, larger, Chloride]));
        Assert.Equal((2, 1, 1), (found.Structures, found.Formulas, found.AllFound.Value));
    }

    [Fact]
    public async Task EvaluateAsync_of_polymorphs_alone_leaves_the_others_out_and_limits_by_formulas()
    {
        CrystalRecord[] others = [.. EvaluatedCrystals.Series(2)[1..], Chloride, RockSalt];
        DataSet.Write(folder["data.jsonl"], others);
        EvaluationOptions options = new()
        {
            Data = folder["data.jsonl"],
            Predictions = folder["data.jsonl"],
            PolymorphsOnly = true,
        };
        EvaluationSummary summary = await Evaluate(options);
        Assert.Equal((2, 3), (summary.Overall.Crystals, summary.CrystalsInSplit));
        Assert.Equal(1, Assert.Single(summary.Polymorphs).AllFound.Value);
        Assert.Equal(1, (await Evaluate(options with { Limit = 1 })).Overall.Crystals);
        DataSet.Write(folder["single.jsonl"], [Chloride, Titania]);
        InputException refused = await Assert.ThrowsAsync<InputException>(() =>
            Evaluate(options with { Data = folder["single.jsonl"] })
        );
        Assert.Contains("no formula of", refused.Message, StringComparison.Ordinal);
        Assert.Contains("has several structures (2 crystals)", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private static async Task<EvaluationSummary> Evaluate(EvaluationOptions options) =>
        (await Evaluator.EvaluateAsync(options, progress: null, TestCancellation)).Summary;

    private static async Task<IReadOnlyList<PolymorphMetrics>> Score(
        CrystalRecord[] references,
        CrystalRecord[] predictions
    ) => (await Evaluator.ScoreAsync(references, predictions, cancellation: TestCancellation)).Summary.Polymorphs;

    /// <summary>The elements of caesium chloride on a face-centred lattice.</summary>
    private static CrystalRecord Cubic(string id, double place, double edge) =>
        new(
            id,
            new Structure(
                Lattice.FromParameters(new LatticeParameters(edge, edge, edge, 60, 60, 60)),
                [Chloride.Structure.Sites[0], Chloride.Structure.Sites[1] with { Position = new(place, place, place) }]
            )
        )
        {
            Split = "test",
        };
}
