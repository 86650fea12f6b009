using Kagome.Cli.Views;
using Kagome.Models;
using Kagome.Networks;
using Kagome.Networks.Batches;
using Kagome.Networks.Layers;
using Kagome.Processes;
using Kagome.Processes.Diffusion;
using Kagome.Work;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Benchmarks.Proposals;

/// <summary>A generator's error in denoising proposals, which stands for how unlikely it holds them, as their judge.</summary>
/// <remarks>All proposals of a crystal are given the same noise.</remarks>
internal static class ProposalJudge
{
    /// <summary>Where the ranker is surer, there is nothing to judge.</summary>
    private const double Sure = 0.97;

    private const int UnitSize = 16;
    private const int Repeats = 4;

    private static readonly int[] Levels = [300, 500, 700];

    /// <summary>What a unit of the logarithm of the error may count, beside the logarithm of the ranker's probability.</summary>
    private static readonly double[] Weights = [.. Enumerable.Range(0, 41).Select(step => 0.05 * step)];

    public static void Run(JudgedCrystal[] all, LoadedModel model, TextWriter output, CancellationToken cancellation)
    {
        JudgedCrystal[] unsure =
        [
            .. all.Where(crystal => crystal.Proposals.Count > 1 && crystal.Proposals[0].Probability < Sure),
        ];
        using WorkerThreads workers = new();
        (JudgedCrystal Crystal, double[][] Errors)[] judged =
        [
            .. workers
                .RunAsync(
                    [.. unsure.OrderBy(crystal => crystal.Crystal.Structure.AtomCount).Chunk(UnitSize)],
                    (unit, _) => Errors(unit, model),
                    cancellation
                )
                .GetAwaiter()
                .GetResult()
                .SelectMany(unit => unit)
                .OrderBy(crystal => crystal.Crystal.Crystal.Id, StringComparer.Ordinal),
        ];
        output.WriteLine(
            $"{judged.Length} crystals whose first proposal has less than {Sure}; the ranker is right for {Right(judged, errors: 0, weight: 0):P2}"
        );
        TextTable table = new("noise level", "error of", "alone", "weight", "beside the ranker");
        for (int at = 0; at < 2 * Levels.Length; at++)
        {
            // the weight is chosen on one half, and counts on the other
            (JudgedCrystal Crystal, double[][] Errors)[][] halves =
            [
                .. judged.Index().GroupBy(pair => pair.Index % 2, pair => pair.Item).Select(half => half.ToArray()),
            ];
            double[] best = [.. halves.Select(half => Weights.MaxBy(weight => Right(half, at, weight)))];
            double beside = (Right(halves[0], at, best[1]) + Right(halves[1], at, best[0])) / 2;
            table.Add(
                $"{Levels[at / 2]}",
                at % 2 == 0 ? "lattices" : "coordinates",
                $"{Right(judged, at, double.PositiveInfinity):P2}",
                $"{best[0]:F2}, {best[1]:F2}",
                $"{beside:P2}"
            );
        }

        table.Write(output);
    }

    /// <summary>For how many crystals the proposal of the highest score is right.</summary>
    private static double Right((JudgedCrystal Crystal, double[][] Errors)[] judged, int errors, double weight) =>
        judged.Average(pair =>
        {
            int best = Enumerable
                .Range(0, pair.Errors.Length)
                .MaxBy(at =>
                {
                    double error = Math.Log(pair.Errors[at][errors]);
                    return double.IsInfinity(weight)
                        ? -error
                        : Math.Log(pair.Crystal.Proposals[at].Probability ?? 1) - (weight * error);
                });
            return pair.Crystal.IsRight[best] ? 1.0 : 0;
        });

    /// <summary>For each proposal of each crystal the errors of lattices and coordinates, level by level.</summary>
    private static IReadOnlyList<(JudgedCrystal Crystal, double[][] Errors)> Errors(
        JudgedCrystal[] unit,
        LoadedModel model
    )
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        FoldedCrysformer network = model.Network(ProductPrecision.Auto);
        DiffusionProcess process = new(model.DiffusionSchedules());
        CrystalBatch batch = CrystalBatch.Of(
            [.. unit.SelectMany(crystal => crystal.Proposals.Select(proposal => proposal.Structure))],
            network.AnyWeight
        );
        Tensor members = batch.Layout.CrystalOfAtoms(CPU);
        double[][] errors =
        [
            .. Enumerable.Range(0, batch.Layout.CrystalCount).Select(_ => new double[2 * Levels.Length]),
        ];
        for (int level = 0; level < Levels.Length; level++)
        {
            for (int repeat = 0; repeat < Repeats; repeat++)
            {
                using DisposeScope one = NewDisposeScope();
                Tensor times = full(batch.Layout.CrystalCount, Levels[level], dtype: ScalarType.Int64);
                (Tensor lattices, Tensor coordinates) = Noise(unit, (level * Repeats) + repeat);
                NoisyDraw draw = process.AddNoise(
                    new ProcessState(batch.Coordinates, batch.Lattices),
                    times,
                    lattices,
                    coordinates,
                    members
                );
                CrysformerOutput said = network.Evaluate(
                    batch with
                    {
                        Coordinates = draw.State.Coordinates,
                        Lattices = draw.State.Lattices,
                        Times = times,
                    }
                );
                float[] ofLattices = [.. (said.Lattices - draw.LatticeTarget).square().mean([1, 2]).data<float>()];
                Tensor ofAtoms = (said.Coordinates - draw.CoordinateTarget).square().mean([1], keepdim: true);
                float[] ofCoordinates = [.. batch.Layout.Mean(ofAtoms).squeeze(-1).data<float>()];
                for (int at = 0; at < errors.Length; at++)
                {
                    errors[at][2 * level] += ofLattices[at] / Repeats;
                    errors[at][(2 * level) + 1] += ofCoordinates[at] / Repeats;
                }
            }
        }

        int next = 0;
        return [.. unit.Select(crystal => (crystal, errors[next..(next += crystal.Proposals.Count)]))];
    }

    private static (Tensor Lattices, Tensor Coordinates) Noise(JudgedCrystal[] unit, int draw)
    {
        List<Tensor> lattices = [];
        List<Tensor> coordinates = [];
        foreach (JudgedCrystal crystal in unit)
        {
            using Generator generator = new((ulong)Seeds.Of(1, crystal.Crystal.Id, draw), CPU);
            Tensor ofLattice = randn([1, 3, 3], generator: generator);
            Tensor ofAtoms = randn([crystal.Crystal.Structure.AtomCount, 3], generator: generator);
            lattices.AddRange(Enumerable.Repeat(ofLattice, crystal.Proposals.Count));
            coordinates.AddRange(Enumerable.Repeat(ofAtoms, crystal.Proposals.Count));
        }

        return (cat(lattices), cat(coordinates));
    }
}
