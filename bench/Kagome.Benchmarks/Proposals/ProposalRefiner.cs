using Kagome.Cli.Views;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Models;
using Kagome.Networks;
using Kagome.Networks.Batches;
using Kagome.Networks.Layers;
using Kagome.Processes.Diffusion;
using Kagome.Processes.Wrapping;
using Kagome.Work;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Benchmarks.Proposals;

/// <summary>Proposals as if they were noisy crystals of a low level, walked back without noise: the network is equivariant, so that symmetry stays.</summary>
internal static class ProposalRefiner
{
    private const int UnitSize = 32;
    private const int Moves = 10;

    public static void Run(JudgedCrystal[] all, LoadedModel model, TextWriter output, CancellationToken cancellation)
    {
        using WorkerThreads workers = new();
        JudgedCrystal[][] units = [.. all.Chunk(UnitSize)];
        TextTable table = new("noise level", "moves", "match", "RMSE of those that match in either form", "nearer");
        foreach (int level in new[] { 20, 50, 100, 200 })
        {
            foreach (bool movesLattice in new[] { false, true })
            {
                (double? Before, double? After)[] found =
                [
                    .. workers
                        .RunAsync(units, (unit, _) => Refine(unit, model, level, movesLattice), cancellation)
                        .GetAwaiter()
                        .GetResult()
                        .SelectMany(unit => unit),
                ];
                (double? Before, double? After)[] both =
                [
                    .. found.Where(pair => pair.Before is not null && pair.After is not null),
                ];
                table.Add(
                    $"{level}",
                    movesLattice ? "lattices and coordinates" : "coordinates",
                    $"{(double)found.Count(pair => pair.Before is not null) / found.Length:P2} -> {(double)found.Count(pair => pair.After is not null) / found.Length:P2}",
                    $"{both.Average(pair => pair.Before):F4} -> {both.Average(pair => pair.After):F4}",
                    $"{(double)both.Count(pair => pair.After < pair.Before) / both.Length:P0}"
                );
            }
        }

        table.Write(output);
    }

    private static IReadOnlyList<(double? Before, double? After)> Refine(
        JudgedCrystal[] unit,
        LoadedModel model,
        int level,
        bool movesLattice
    )
    {
        using IDisposable noGradient = no_grad();
        using DisposeScope scope = NewDisposeScope();
        FoldedCrysformer network = model.Network(ProductPrecision.Auto);
        Structure[] first = [.. unit.Select(crystal => crystal.Proposals[0].Structure)];
        CrystalBatch batch = CrystalBatch.Of(first, network.AnyWeight);
        Tensor coordinates = batch.Coordinates;
        Tensor lattices = batch.Lattices * Math.Sqrt(model.DiffusionSchedules().LatticeAlphaProducts[level]);
        for (int move = Moves; move > 0; move--)
        {
            DiffusionStep step = DiffusionStep.Between(
                model.DiffusionSchedules(),
                level * move / Moves,
                level * (move - 1) / Moves,
                LatticeUpdate.Deterministic
            );
            CrysformerOutput said = network.Evaluate(
                batch with
                {
                    Coordinates = coordinates,
                    Lattices = lattices,
                    Times = full(unit.Length, step.Time, dtype: ScalarType.Int64),
                }
            );
            coordinates = Torus.Wrap(coordinates - (step.CoordinateVariance * step.ScoreScale * said.Coordinates));
            lattices =
                (lattices - (movesLattice ? step.LatticeNoiseShare * said.Lattices : 0)) / Math.Sqrt(step.LatticeAlpha);
        }

        double[] places = [.. coordinates.to(ScalarType.Float64).flatten().data<double>()];
        double[] cells = [.. lattices.to(ScalarType.Float64).flatten().data<double>()];
        return
        [
            .. unit.Select(
                (crystal, at) =>
                    (
                        Rms(first[at], crystal.Crystal.Structure),
                        Rms(
                            Moved(first[at], cells.AsSpan(9 * at, 9), places.AsSpan(3 * batch.Layout.AtomStarts[at])),
                            crystal.Crystal.Structure
                        )
                    )
            ),
        ];
    }

    private static double? Rms(Structure proposal, Structure crystal) =>
        JudgedCrystal.Matcher.Compare(proposal, crystal).Match?.Rms;

    private static Structure Moved(Structure structure, ReadOnlySpan<double> cell, ReadOnlySpan<double> places)
    {
        Site[] sites = [.. structure.Sites];
        for (int at = 0; at < sites.Length; at++)
        {
            sites[at] = sites[at] with
            {
                Position = new Fractional(places[3 * at], places[(3 * at) + 1], places[(3 * at) + 2]),
            };
        }

        return new Structure(
            new Lattice(new(cell[0], cell[1], cell[2]), new(cell[3], cell[4], cell[5]), new(cell[6], cell[7], cell[8])),
            sites
        );
    }
}
