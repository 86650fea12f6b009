using System.IO.Hashing;
using System.Text;
using Kagome.Core.Compositions;
using Kagome.Core.Neighbors;
using Kagome.Core.Structures;
using Kagome.Sampling.Generation;

namespace Kagome.Cli.Prediction;

/// <summary>Samples the candidates of a formula, batch by batch, and ranks them.</summary>
internal sealed class CandidateSampler(CrystalGenerator generator, PredictSettings settings)
{
    private const double SmallestDistanceAngstrom = 0.5;
    private const double SmallestVolumeCubicAngstrom = 0.1;
    private const int MovesBetweenFrames = 10;

    /// <summary>Atoms of a batch; a property of the program, not of the machine, so that seeds mean the same everywhere.</summary>
    private const int BatchAtoms = 2048;

    /// <summary>Units of work of a formula, as <see cref="Sample"/> reports them.</summary>
    public long Work(PredictionTarget target) =>
        target.Cells.Sum(cell => (long)cell.Samples * target.Cell(cell.Z).AtomCount * settings.Steps);

    /// <summary>All candidates of a formula, best first.</summary>
    /// <param name="target">The formula and its cells.</param>
    /// <param name="advance">Told of units of work done.</param>
    /// <param name="cancellation">Stops between the sampler's moves.</param>
    public IReadOnlyList<Candidate> Sample(
        PredictionTarget target,
        Action<long> advance,
        CancellationToken cancellation
    )
    {
        List<Candidate> sampled = [];
        foreach ((int z, int samples) in target.Cells)
        {
            Composition cell = target.Cell(z);
            int cap = Math.Max(1, BatchAtoms / cell.AtomCount);
            foreach ((int batch, int[] places) in Enumerable.Range(0, samples).Chunk(cap).Index())
            {
                sampled.AddRange(SampleBatch(cell, z, batch, places.Length, advance, cancellation));
            }
        }

        return Rank(sampled);
    }

    /// <summary>Valid structures first, each kind in the order in which it was sampled.</summary>
    private static Candidate[] Rank(IEnumerable<Candidate> candidates) =>
        [
            .. candidates
                .OrderByDescending(candidate => candidate.IsValid)
                .Select((candidate, at) => candidate with { Rank = at + 1 }),
        ];

    private IEnumerable<Candidate> SampleBatch(
        Composition cell,
        int z,
        int batch,
        int count,
        Action<long> advance,
        CancellationToken cancellation
    )
    {
        List<IReadOnlyList<GeneratedCrystal>> frames = [];
        IReadOnlyList<GeneratedCrystal> crystals = generator.Generate(
            cell,
            count,
            Seed(settings.Seed, cell, batch),
            (move, state) =>
            {
                advance((long)count * cell.AtomCount);
                if (settings.KeepsTrajectory && (move % MovesBetweenFrames == 0 || move == settings.Steps))
                {
                    frames.Add(state());
                }
            },
            cancellation
        );
        return crystals.Select(
            (crystal, at) => Judge(crystal, z, [.. frames.Select(frame => frame[at].Structure).OfType<Structure>()])
        );
    }

    private static Candidate Judge(GeneratedCrystal crystal, int z, IReadOnlyList<Structure> trajectory)
    {
        if (crystal.Structure is not { } structure)
        {
            return new Candidate(0, z, null, null, crystal.Problem, trajectory);
        }

        double shortest = PeriodicDistances.Shortest(structure);
        string? problem =
            structure.Lattice.Volume < SmallestVolumeCubicAngstrom
                ? $"collapsed: volume {structure.Lattice.Volume:F3} Å³"
            : shortest < SmallestDistanceAngstrom ? $"atoms too close: {shortest:F3} Å"
            : null;
        return new Candidate(0, z, structure, shortest, problem, trajectory);
    }

    /// <summary>A batch's own seed: other formulas of the same call do not change it.</summary>
    private static long Seed(long seed, Composition cell, int batch) =>
        (long)(XxHash64.HashToUInt64(Encoding.UTF8.GetBytes($"{seed}/{cell.Formula}/{batch}")) >> 1);
}
