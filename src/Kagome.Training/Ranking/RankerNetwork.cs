using Kagome.Crystals.Elements;
using Kagome.Prototypes;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Kagome.Training.Ranking;

/// <summary>The ranker as a network that learns; <see cref="StructureTypeRanker"/> computes the same without tensors.</summary>
internal sealed class RankerNetwork : Module
{
    private const int ElementWidth = 24;
    private const int SlotHidden = 64;
    private const int SlotWidth = 96;
    private const int PairHidden1 = 128;
    private const int PairHidden2 = 64;
    private const int NoneHidden = 16;
    private const int PropertyCount = 9;
    private const float SumScale = 0.3f;
    private const float LargestLogit = 25;
    private const float FreeSpread = 0.1f;

    private readonly Tensor properties;
    private readonly Parameter free;
    private readonly Linear elements = Linear(PropertyCount, ElementWidth);
    private readonly Linear slot1 = Linear((3 * ElementWidth) + 1, SlotHidden);
    private readonly Linear slot2 = Linear(SlotHidden, SlotWidth);
    private readonly Linear pair1 = Linear((2 * SlotWidth) + PairFeatures.OfPair, PairHidden1);
    private readonly Linear pair2 = Linear(PairHidden1, PairHidden2);
    private readonly Linear pair3 = Linear(PairHidden2, 1);
    private readonly Linear none1 = Linear(PairFeatures.OfQuery, NoneHidden);
    private readonly Linear none2 = Linear(NoneHidden, 1);
    private readonly Dropout dropout;

    /// <param name="dropoutShare">Of what is inside the network, while it learns.</param>
    public RankerNetwork(double dropoutShare)
        : base(nameof(RankerNetwork))
    {
        dropout = Dropout(dropoutShare);
        double[] numbers =
        [
            .. new double[PropertyCount],
            .. Element.All.SelectMany(element => ElementDistance.PropertiesOf(element.AtomicNumber).ToArray()),
        ];
        properties = tensor(numbers, ScalarType.Float32).reshape(-1, PropertyCount);
        free = new Parameter(randn(Element.LargestAtomicNumber + 1, ElementWidth) * FreeSpread);
        RegisterComponents();
    }

    /// <summary>The votes of candidates and for none of them: [candidates], [compositions].</summary>
    public (Tensor Candidates, Tensor None) Votes(RankerBatch batch)
    {
        Tensor vectors = free + elements.forward(properties);
        Tensor x = Gather(vectors, batch.Own);
        Tensor y = Gather(vectors, batch.Known);
        Tensor same = (batch.Own == batch.Known).unsqueeze(-1).to_type(ScalarType.Float32);
        Tensor slots = functional.silu(slot1.forward(cat([(x - y).abs(), x * y, x + y, same], -1)));
        slots = functional.silu(slot2.forward(slots));
        Tensor pairs = cat([(slots * batch.Shares.unsqueeze(-1)).sum(1), slots.sum(1) * SumScale, batch.OfPairs], -1);
        pairs = dropout.forward(functional.silu(pair1.forward(pairs)));
        pairs = dropout.forward(functional.silu(pair2.forward(pairs)));
        Tensor votes = Exp(pair3.forward(pairs).squeeze(-1));
        Tensor candidates = zeros(batch.CandidateCount).index_add(0, batch.CandidateOfPair, votes, 1);
        Tensor none = Exp(none2.forward(functional.silu(none1.forward(batch.OfQueries))).squeeze(-1));
        return (candidates, none);
    }

    /// <summary>The mean of -ln of the share of right votes; those for none are right where no candidate is.</summary>
    public Tensor Loss(RankerBatch batch)
    {
        const float Smallest = 1e-12f;
        (Tensor candidates, Tensor none) = Votes(batch);
        Tensor all = none.index_add(0, batch.QueryOfCandidate, candidates, 1);
        Tensor right = zeros(batch.QueryCount).index_add(0, batch.QueryOfCandidate, candidates * batch.IsRight, 1);
        Tensor rightCount = zeros(batch.QueryCount).index_add(0, batch.QueryOfCandidate, batch.IsRight, 1);
        return -((where(rightCount > 0, right, none) + Smallest) / all).log().mean();
    }

    private static Tensor Exp(Tensor logits) => logits.clamp(-LargestLogit, LargestLogit).exp();

    private static Tensor Gather(Tensor vectors, Tensor numbers) =>
        vectors.index_select(0, numbers.flatten()).reshape(numbers.shape[0], numbers.shape[1], ElementWidth);
}
