using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Training.Ranking;

/// <summary>What an epoch of a ranker's training came to.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Loss">Mean of -ln of the share of right votes, on what is learned.</param>
/// <param name="HeldOutLoss">The same on crystals of formulas that are held out.</param>
/// <param name="First">Of the crystals held out, the share whose first candidate is right.</param>
/// <param name="AmongFive">The share with a right one among the first five.</param>
public sealed record RankerEpoch(int Epoch, double Loss, double HeldOutLoss, double First, double AmongFive)
{
    private const int BatchSize = 256;
    private const int Few = 5;

    internal string Note => FormattableString.Invariant($"{100 * First:F1} % of held-out crystals right first");

    internal static RankerEpoch Of(int epoch, double loss, RankerNetwork network, RankerQuery[] heldOut)
    {
        network.eval();
        using IDisposable noGradients = no_grad();
        double heldOutLoss = 0;
        int first = 0;
        int amongFew = 0;
        foreach (RankerQuery[] batch in RankerQueries.Batches(heldOut, BatchSize, random: null))
        {
            using DisposeScope scope = NewDisposeScope();
            RankerBatch tensors = RankerBatch.Of(batch);
            heldOutLoss += network.Loss(tensors).item<float>() * batch.Length;
            float[] votes = [.. network.Votes(tensors).Candidates.data<float>()];
            int start = 0;
            foreach (RankerQuery query in batch)
            {
                int place = Place(query, votes.AsSpan(start, query.IsRight.Length));
                first += place == 0 ? 1 : 0;
                amongFew += place < Few ? 1 : 0;
                start += query.IsRight.Length;
            }
        }

        return new RankerEpoch(
            epoch,
            loss,
            heldOutLoss / heldOut.Length,
            (double)first / heldOut.Length,
            (double)amongFew / heldOut.Length
        );
    }

    /// <summary>The place of the first right candidate, from 0; very large where there is none.</summary>
    private static int Place(RankerQuery query, ReadOnlySpan<float> votes)
    {
        float best = 0;
        for (int at = 0; at < votes.Length; at++)
        {
            best = query.IsRight[at] ? Math.Max(best, votes[at]) : best;
        }

        int before = 0;
        foreach (float vote in votes)
        {
            before += vote > best ? 1 : 0;
        }

        return best > 0 ? before : int.MaxValue;
    }
}
