using System.IO.Hashing;
using System.Text;
using Kagome.Core.Compositions;
using Kagome.Core.Lattices;
using Kagome.Core.Neighbors;
using Kagome.Core.Structures;
using Kagome.Sampling.Generation;
using Kagome.Symmetry;
using TorchSharp;

namespace Kagome.Cli.Prediction;

/// <summary>Samples the candidates of a formula, batch by batch.</summary>
internal sealed class CandidateSampler(CrystalGenerator generator, PredictSettings settings)
{
    private const int MovesBetweenFrames = 10;

    private readonly SymmetryFinder finder = new(settings.Symprec);

    /// <summary>Most atoms of a batch; a property of the program, not of the machine, so that seeds mean the same everywhere.</summary>
    private const int BatchAtoms = 96;

    /// <summary>Units of work of a formula, as <see cref="Sample"/> reports them.</summary>
    public long Work(PredictionTarget target) =>
        target.Cells.Sum(cell => (long)cell.Samples * target.Cell(cell.Z).AtomCount * settings.Steps);

    /// <summary>All candidates of a formula, in no order of merit.</summary>
    /// <remarks>
    /// Batches run side by side, each on one thread: the threads of one batch would wait for each other in every small operation.
    /// What a batch gives depends neither on the other batches nor on the number of cores.
    /// </remarks>
    /// <param name="target">The formula and its cells.</param>
    /// <param name="advance">Told of units of work done, from several threads.</param>
    /// <param name="cancellation">Stops between the sampler's moves.</param>
    public IReadOnlyList<Candidate> Sample(
        PredictionTarget target,
        Action<long> advance,
        CancellationToken cancellation
    )
    {
        Sampled[][] batches = Batches(target);
        Candidate[][] sampled = new Candidate[batches.Length][];
        Parallel.For(
            0,
            batches.Length,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = Environment.ProcessorCount,
                CancellationToken = cancellation,
            },
            at =>
            {
                torch.set_num_threads(1);
                sampled[at] = SampleBatch(batches[at], advance, cancellation);
            }
        );
        return [.. sampled.SelectMany(batch => batch)];
    }

    /// <summary>Cells of all sizes in batches of about as many atoms each: largest cells first, each to the batch that has least.</summary>
    private static Sampled[][] Batches(PredictionTarget target)
    {
        Sampled[] cells =
        [
            .. target
                .Cells.SelectMany(cell =>
                    Enumerable.Range(0, cell.Samples).Select(number => new Sampled(target.Cell(cell.Z), cell.Z, number))
                )
                .OrderByDescending(cell => cell.Cell.AtomCount),
        ];
        int total = cells.Sum(cell => cell.Cell.AtomCount);
        int count = Math.Min(cells.Length, (total + BatchAtoms - 1) / BatchAtoms);
        List<Sampled>[] batches = [.. Enumerable.Range(0, count).Select(_ => new List<Sampled>())];
        foreach (Sampled cell in cells)
        {
            batches.MinBy(batch => batch.Sum(member => member.Cell.AtomCount))!.Add(cell);
        }

        return [.. batches.Select(batch => batch.ToArray())];
    }

    private Candidate[] SampleBatch(Sampled[] batch, Action<long> advance, CancellationToken cancellation)
    {
        List<IReadOnlyList<GeneratedCrystal>> frames = [];
        IReadOnlyList<GeneratedCrystal> crystals = generator.Generate(
            [.. batch.Select(member => new SeededCell(member.Cell, Seed(settings.Seed, member)))],
            (move, state) =>
            {
                advance(batch.Sum(member => (long)member.Cell.AtomCount));
                if (settings.KeepsTrajectory && (move % MovesBetweenFrames == 0 || move == settings.Steps))
                {
                    frames.Add(state());
                }
            },
            cancellation
        );
        return
        [
            .. crystals.Select(
                (crystal, at) =>
                    Judge(crystal, batch[at].Z, [.. frames.Select(frame => frame[at].Structure).OfType<Structure>()])
            ),
        ];
    }

    private Candidate Judge(GeneratedCrystal crystal, int z, IReadOnlyList<Structure> trajectory)
    {
        if (crystal.Structure is not { } structure)
        {
            return new Candidate(z, null, null, crystal.Problem, trajectory);
        }

        bool isMeasurable = NiggliReduction.TryReduce(structure.Lattice, out _);
        double? shortest = isMeasurable ? PeriodicDistances.Shortest(structure) : null;
        string? problem = StructureValidity.Problem(structure);
        return new Candidate(z, structure, shortest, problem, trajectory)
        {
            Symmetry = problem is null ? finder.Find(structure) : null,
        };
    }

    /// <summary>A sample's own seed: neither other samples nor other formulas of the same call change it.</summary>
    private static long Seed(long seed, Sampled sample) =>
        (long)(XxHash64.HashToUInt64(Encoding.UTF8.GetBytes($"{seed}/{sample.Cell.Formula}/{sample.Number}")) >> 1);

    /// <summary>One structure to be made.</summary>
    /// <param name="Cell">All its atoms.</param>
    /// <param name="Z">Formula units in it.</param>
    /// <param name="Number">Among those of its cell, from 0.</param>
    private sealed record Sampled(Composition Cell, int Z, int Number);
}
