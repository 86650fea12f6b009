using Kagome.Prototypes;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Kagome.Training.Ranking;

/// <summary>The choice between the cells of a formula as a network that learns; <see cref="StructureTypeRanker"/> computes the same without tensors.</summary>
internal sealed class CellNetwork : Module
{
    private const int Hidden = 16;
    private const int Epochs = 60;
    private const int BatchSize = 256;
    private const double LearningRate = 1e-2;
    private const double WeightDecay = 1e-3;

    private readonly Linear cell1 = Linear(CellFeatures.Count, Hidden);
    private readonly Linear cell2 = Linear(Hidden, 1);

    public CellNetwork()
        : base(nameof(CellNetwork)) => RegisterComponents();

    /// <summary>Learns from questions; of those held out says how often the likeliest cell is right, and the loss.</summary>
    /// <param name="learned">In any order.</param>
    /// <param name="heldOut">Of other formulas.</param>
    /// <param name="seed">Of the order of questions.</param>
    /// <param name="cancellation">Stops between epochs.</param>
    public CellScore Learn(CellQuery[] learned, CellQuery[] heldOut, long seed, CancellationToken cancellation)
    {
        Random order = new((int)(seed % int.MaxValue));
        CellQuery[] shuffled = [.. learned];
        using AdamW optimizer = optim.AdamW(parameters(), LearningRate, weight_decay: WeightDecay);
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            cancellation.ThrowIfCancellationRequested();
            order.Shuffle(shuffled);
            foreach (optim.ILearningRateController group in optimizer.ParamGroups)
            {
                group.LearningRate = LearningRate * 0.5 * (1 + Math.Cos(Math.PI * epoch / Epochs));
            }

            foreach (CellQuery[] batch in shuffled.Chunk(BatchSize))
            {
                using DisposeScope scope = NewDisposeScope();
                optimizer.zero_grad();
                Loss(batch).backward();
                optimizer.step();
            }
        }

        using IDisposable noGradients = no_grad();
        using DisposeScope all = NewDisposeScope();
        return new CellScore(
            learned.Length,
            heldOut.Length,
            heldOut.Length > 0 ? Loss(heldOut).item<float>() : double.NaN,
            heldOut.Count(IsRight) / (double)heldOut.Length,
            heldOut.Count(query => query.Right == MostWeighted(query)) / (double)heldOut.Length
        );
    }

    /// <summary>The mean of -ln of the share of right cells.</summary>
    internal Tensor Loss(CellQuery[] queries)
    {
        Tensor logits = Logits(queries);
        long[] queryOfCell = [.. queries.SelectMany((query, at) => Enumerable.Repeat((long)at, query.Features.Length))];
        int start = 0;
        long[] right =
        [
            .. queries.Select(query =>
            {
                int place = start + query.Right;
                start += query.Features.Length;
                return (long)place;
            }),
        ];
        Tensor sums = zeros(queries.Length).index_add(0, tensor(queryOfCell), logits.exp(), 1);
        return (sums.log() - logits.index_select(0, tensor(right))).mean();
    }

    private Tensor Logits(CellQuery[] queries)
    {
        const float Largest = 25;
        float[] rows = [.. queries.SelectMany(query => query.Features).SelectMany(row => row)];
        Tensor features = tensor(rows).reshape(-1, CellFeatures.Count).clone(); // a managed array lies anywhere, and products round by where their factors lie
        return cell2.forward(functional.silu(cell1.forward(features))).squeeze(-1).clamp(-Largest, Largest);
    }

    private bool IsRight(CellQuery query)
    {
        using DisposeScope scope = NewDisposeScope();
        return Logits([query]).argmax().item<long>() == query.Right;
    }

    /// <summary>The cell that the known crystals alone speak for most, as where nothing was learned.</summary>
    private static int MostWeighted(CellQuery query) =>
        Enumerable.Range(0, query.Features.Length).MaxBy(at => query.Features[at][CellFeatures.OfCrystals]);
}

/// <summary>How well the cells of formulas are told.</summary>
/// <param name="Learned">Formulas that it learned from.</param>
/// <param name="HeldOut">Others, that it was tried on.</param>
/// <param name="HeldOutLoss">Mean of -ln of the probability of the right cell, of these.</param>
/// <param name="First">Of these, the share whose likeliest cell is right.</param>
/// <param name="FirstByCrystals">The same where known crystals are counted by likeness and energy, with nothing learned.</param>
public sealed record CellScore(int Learned, int HeldOut, double HeldOutLoss, double First, double FirstByCrystals);
