using System.IO.Hashing;
using System.Text;
using Kagome.Prototypes;

namespace Kagome.Training.Ranking;

/// <summary>The questions that a library asks itself.</summary>
internal static class RankerQueries
{
    /// <summary>One formula in so many is held out, to try the ranker on.</summary>
    private const int HeldOutOneIn = 20;

    /// <summary>All crystals of a library as questions, in its order.</summary>
    public static IReadOnlyList<(bool IsHeldOut, RankerQuery Query)> Of(
        PrototypeLibrary library,
        IProgress<WorkProgress>? progress,
        CancellationToken cancellation
    )
    {
        PreparedTemplates prepared = new();
        int done = 0;
        return library
            .Formulas.SelectMany(formula => library.Find(formula)!.Crystals)
            .AsParallel()
            .AsOrdered()
            .WithCancellation(cancellation)
            .Select(crystal =>
            {
                RankerQuery? query = RankerQuery.Of(crystal.Structure, library, prepared);
                lock (prepared)
                {
                    progress?.Report(new WorkProgress("labels", ++done, library.Description.CrystalCount, "crystals"));
                }

                return (IsHeldOut(crystal.ReducedFormula), Query: query!);
            })
            .Where(pair => pair.Query is not null)
            .ToArrayOrFail(cancellation);
    }

    /// <summary>Batches of questions with as many elements each.</summary>
    /// <param name="queries">In any order.</param>
    /// <param name="size">Of a batch, at most.</param>
    /// <param name="random">Shuffles questions and batches; null to leave them in their order.</param>
    public static IReadOnlyList<RankerQuery[]> Batches(RankerQuery[] queries, int size, Random? random)
    {
        RankerQuery[] order = [.. queries];
        random?.Shuffle(order);
        RankerQuery[][] batches =
        [
            .. order.GroupBy(query => query.Pairs.Elements.Length).SelectMany(group => group.Chunk(size)),
        ];
        random?.Shuffle(batches);
        return batches;
    }

    /// <summary>Whether a formula is only tried on.</summary>
    public static bool IsHeldOut(string formula) =>
        XxHash32.HashToUInt32(Encoding.UTF8.GetBytes(formula)) % HeldOutOneIn == 0;
}
