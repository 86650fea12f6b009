using Kagome.Prototypes;
using static TorchSharp.torch;

namespace Kagome.Training.Ranking;

/// <summary>Several questions with as many elements each, as tensors.</summary>
/// <param name="Own">[pairs, slots], int64: atomic numbers of the composition's elements in the slots of the known crystal.</param>
/// <param name="Known">[pairs, slots], int64: those of the known crystal.</param>
/// <param name="Shares">[pairs, slots]: the share of all atoms.</param>
/// <param name="OfPairs">[pairs, features]</param>
/// <param name="CandidateOfPair">[pairs], int64</param>
/// <param name="QueryOfCandidate">[candidates], int64</param>
/// <param name="IsRight">[candidates], 0 or 1.</param>
/// <param name="OfQueries">[queries, features]</param>
/// <param name="CandidateCount">Of all queries.</param>
/// <param name="QueryCount">How many queries there are.</param>
internal sealed record RankerBatch(
    Tensor Own,
    Tensor Known,
    Tensor Shares,
    Tensor OfPairs,
    Tensor CandidateOfPair,
    Tensor QueryOfCandidate,
    Tensor IsRight,
    Tensor OfQueries,
    int CandidateCount,
    int QueryCount
)
{
    /// <param name="queries">All with as many elements as the first.</param>
    /// <param name="isKept">Says for each pair whether it is used; null for all.</param>
    public static RankerBatch Of(IReadOnlyList<RankerQuery> queries, Func<bool>? isKept = null)
    {
        int slots = queries[0].Pairs.Elements.Length;
        List<long> own = [];
        List<long> known = [];
        List<float> shares = [];
        List<float> ofPairs = [];
        List<long> candidateOfPair = [];
        List<long> queryOfCandidate = [];
        List<float> isRight = [];
        float[] ofQueries = new float[queries.Count * PairFeatures.OfQuery];
        float[] features = new float[PairFeatures.OfPair];
        for (int query = 0; query < queries.Count; query++)
        {
            CandidatePairs pairs = queries[query].Pairs;
            PrototypeGroup group = pairs.Group;
            for (int at = 0; at < pairs.Pairs.Length; at++)
            {
                if (isKept?.Invoke() == false)
                {
                    continue;
                }

                CandidatePairs.Pair pair = pairs.Pairs[at];
                for (int slot = 0; slot < slots; slot++)
                {
                    own.Add(pairs.Elements[group.Orders[pair.Order][slot]].AtomicNumber);
                    known.Add(group.Crystals[pair.Crystal].Elements[slot].AtomicNumber);
                    shares.Add((float)group.Formula.Counts[slot] / group.Formula.AtomCount);
                }

                PairFeatures.OfPairAt(pairs, at, features);
                ofPairs.AddRange(features);
                candidateOfPair.Add(isRight.Count + pair.Candidate);
            }

            foreach (bool right in queries[query].IsRight)
            {
                queryOfCandidate.Add(query);
                isRight.Add(right ? 1 : 0);
            }

            PairFeatures.Of(pairs, ofQueries.AsSpan(query * PairFeatures.OfQuery, PairFeatures.OfQuery));
        }

        return new RankerBatch(
            tensor(own.ToArray()).reshape(candidateOfPair.Count, slots),
            tensor(known.ToArray()).reshape(candidateOfPair.Count, slots),
            tensor(shares.ToArray()).reshape(candidateOfPair.Count, slots),
            tensor(ofPairs.ToArray()).reshape(candidateOfPair.Count, PairFeatures.OfPair),
            tensor(candidateOfPair.ToArray()),
            tensor(queryOfCandidate.ToArray()),
            tensor(isRight.ToArray()),
            tensor(ofQueries).reshape(-1, PairFeatures.OfQuery).clone(), // a managed array lies anywhere, and products round by where their factors lie
            isRight.Count,
            queries.Count
        );
    }
}
