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
    private const int BatchAtoms = 256;

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
        Batch[] batches = [.. target.Cells.SelectMany(cell => Batches(target.Cell(cell.Z), cell.Z, cell.Samples))];
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

    private static IEnumerable<Batch> Batches(Composition cell, int z, int samples) =>
        Enumerable
            .Range(0, samples)
            .Chunk(Math.Max(1, BatchAtoms / cell.AtomCount))
            .Select((places, number) => new Batch(cell, z, number, places.Length));

    private Candidate[] SampleBatch(Batch batch, Action<long> advance, CancellationToken cancellation)
    {
        List<IReadOnlyList<GeneratedCrystal>> frames = [];
        IReadOnlyList<GeneratedCrystal> crystals = generator.Generate(
            batch.Cell,
            batch.Count,
            Seed(settings.Seed, batch),
            (move, state) =>
            {
                advance((long)batch.Count * batch.Cell.AtomCount);
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
                    Judge(crystal, batch.Z, [.. frames.Select(frame => frame[at].Structure).OfType<Structure>()])
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

    /// <summary>A batch's own seed: other formulas of the same call do not change it.</summary>
    private static long Seed(long seed, Batch batch) =>
        (long)(XxHash64.HashToUInt64(Encoding.UTF8.GetBytes($"{seed}/{batch.Cell.Formula}/{batch.Number}")) >> 1);

    /// <summary>Samples that are made together.</summary>
    private sealed record Batch(Composition Cell, int Z, int Number, int Count);
}
