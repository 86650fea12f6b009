using Kagome.Crystals.Compositions;
using Kagome.Prototypes;
using Kagome.Training.Ranking;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Kagome.Training.Tests.Ranking;

/// <summary>The network of tensors is the slow twin of the ranker without.</summary>
public sealed class RankerNetworkTests : IDisposable
{
    private const double RelativeError = 1e-4;

    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();

    [Theory]
    [InlineData("KBr")]
    [InlineData("FeS")]
    [InlineData("AuU")]
    [InlineData("BaTiO3")]
    [InlineData("ThO3N")]
    public void Vote_is_what_the_network_says(string formula)
    {
        using RankerNetwork network = Random(seed: 3);
        StructureTypeRanker ranker = Saved(network);
        CandidatePairs pairs = Pairs(formula);
        RankerVotes votes = ranker.Vote(pairs);
        (Tensor candidates, Tensor none) = network.Votes(RankerBatch.Of([Query(pairs)]));
        AssertNear(candidates, votes.OfCandidates);
        AssertNear(none, [votes.OfNone]);
        Assert.Equal(votes.OfPairs.Sum(), votes.OfCandidates.Sum(), RelativeError * votes.OfPairs.Sum());
        Assert.True(
            votes.OfPairs.Max() > 1.01 * votes.OfPairs.Min(),
            "All votes are the same, and the test says little."
        );
    }

    [Fact]
    public void Votes_of_several_compositions_are_those_of_each()
    {
        using RankerNetwork network = Random(seed: 4);
        CandidatePairs[] all = [Pairs("KBr"), Pairs("FeS"), Pairs("AuU")];
        StructureTypeRanker ranker = Saved(network);
        (Tensor candidates, Tensor none) = network.Votes(RankerBatch.Of([.. all.Select(Query)]));
        AssertNear(candidates, [.. all.SelectMany(pairs => ranker.Vote(pairs).OfCandidates)]);
        AssertNear(none, [.. all.Select(pairs => ranker.Vote(pairs).OfNone)]);
    }

    [Fact]
    public void Loss_is_the_mean_of_the_logarithms_of_right_shares()
    {
        using RankerNetwork network = Random(seed: 5);
        StructureTypeRanker ranker = Saved(network);
        CandidatePairs known = Pairs("KBr");
        CandidatePairs unknown = Pairs("FeS");
        RankerVotes first = ranker.Vote(known);
        RankerVotes second = ranker.Vote(unknown);
        RankerQuery right = Query(known);
        right.IsRight[1] = true;
        double expected =
            -(
                Math.Log(first.OfCandidates[1] / (first.OfCandidates.Sum() + first.OfNone))
                + Math.Log(second.OfNone / (second.OfCandidates.Sum() + second.OfNone))
            ) / 2;
        double loss = network.Loss(RankerBatch.Of([right, Query(unknown)])).item<float>();
        Assert.Equal(expected, loss, 1e-3);
    }

    [Fact]
    public void ShareCells_is_the_softmax_of_what_the_network_says()
    {
        using RankerNetwork types = Random(seed: 7);
        using CellNetwork cells = new();
        Models.SafetensorsFile.Write(
            folder["cells.safetensors"],
            Parameters(types, cells),
            new Dictionary<string, string>()
        );
        StructureTypeRanker ranker = StructureTypeRanker.Load(folder["cells.safetensors"]);
        float[][] features = [.. Enumerable.Range(0, 5).Select(_ => randn(CellFeatures.Count).data<float>().ToArray())];
        double[] shares = ranker.ShareCells(features);
        Assert.True(ranker.ChoosesCells);
        Assert.Equal(1, shares.Sum(), 1e-12);
        for (int right = 0; right < features.Length; right++)
        {
            double loss = cells.Loss([new CellQuery(features, right)]).item<float>();
            Assert.Equal(Math.Exp(-loss), shares[right], RelativeError);
        }

        Assert.True(shares.Max() > 1.1 * shares.Min(), "All cells are alike, and the test says little.");
        Assert.False(Saved(types).ChoosesCells);
    }

    [Fact]
    public void Loss_of_several_formulas_is_the_mean_of_each()
    {
        random.manual_seed(8);
        using CellNetwork cells = new();
        CellQuery[] queries =
        [
            .. new[] { 2, 5, 3 }.Select(count => new CellQuery(
                [.. Enumerable.Range(0, count).Select(_ => randn(CellFeatures.Count).data<float>().ToArray())],
                count - 1
            )),
        ];
        Assert.Equal(
            queries.Average(query => cells.Loss([query]).item<float>()),
            cells.Loss(queries).item<float>(),
            RelativeError
        );
    }

    /// <summary>Pairs are left out at random while it learns, and a composition may have few.</summary>
    [Fact]
    public void Loss_where_no_pair_is_kept_is_a_number_with_gradients()
    {
        using RankerNetwork network = Random(seed: 6);
        RankerQuery query = Query(Pairs("KBr"));
        query.IsRight[0] = true;
        Tensor loss = network.Loss(RankerBatch.Of([query], () => false));
        loss.backward();
        Assert.True(float.IsFinite(loss.item<float>()));
    }

    [Fact]
    public void Load_weights_of_something_else_are_refused()
    {
        Models.SafetensorsFile.Write(
            folder["other.safetensors"],
            new Dictionary<string, Tensor> { ["weight"] = ones(2, 2) },
            new Dictionary<string, string>()
        );
        Models.CheckpointException exception = Assert.Throws<Models.CheckpointException>(() =>
            StructureTypeRanker.Load(folder["other.safetensors"])
        );
        Assert.Contains("is no ranker", exception.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    private static RankerNetwork Random(long seed)
    {
        random.manual_seed(seed);
        RankerNetwork network = new(dropoutShare: 0.5);
        network.eval();
        using (no_grad())
        {
            foreach (Parameter parameter in network.parameters())
            {
                parameter.mul_(1.5); // else all votes are nearly the same
            }
        }

        return network;
    }

    private StructureTypeRanker Saved(RankerNetwork network)
    {
        Models.SafetensorsFile.Write(
            folder["ranker.safetensors"],
            Parameters(network),
            new Dictionary<string, string> { ["seed"] = "3" }
        );
        StructureTypeRanker ranker = StructureTypeRanker.Load(folder["ranker.safetensors"]);
        Assert.Equal("3", ranker.Metadata["seed"]);
        Assert.Equal(64, ranker.Checksum.Length);
        return ranker;
    }

    private static Dictionary<string, Tensor> Parameters(params nn.Module[] networks) =>
        networks
            .SelectMany(network => network.named_parameters())
            .ToDictionary(pair => pair.name, pair => (Tensor)pair.parameter);

    private static CandidatePairs Pairs(string formula)
    {
        Composition composition = FormulaParser.Parse(formula);
        return CandidatePairs.Of(composition, RankerLibrary.Whole.Find(AnonymousFormula.Of(composition))!);
    }

    private static RankerQuery Query(CandidatePairs pairs) => new(pairs, new bool[pairs.CandidateCount]);

    private static void AssertNear(Tensor expected, float[] actual)
    {
        float[] numbers = [.. expected.data<float>()];
        Assert.Equal(numbers.Length, actual.Length);
        Assert.All(numbers.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, RelativeError * pair.First));
    }
}
