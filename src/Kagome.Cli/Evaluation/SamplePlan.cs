using Kagome.Evaluation.Scoring;

namespace Kagome.Cli.Evaluation;

/// <summary>Which structures are made together.</summary>
internal static class SamplePlan
{
    /// <summary>Most atoms of a batch; a property of the program, not of the machine, so that seeds mean the same everywhere.</summary>
    private const int BatchAtoms = 128;

    /// <summary>Batches of cells of one size, large cells first so that cores end together.</summary>
    /// <remarks>
    /// All first samples go before the second ones, and crystals go in the order of <see cref="ReferenceSet.Order"/>: so full batches stay
    /// the same where more crystals or more samples are asked for.
    /// </remarks>
    public static IReadOnlyList<SampleBatch> Batches(IReadOnlyList<ReferenceCrystal> crystals, int samples) =>
        [
            .. crystals
                .OrderBy(crystal => ReferenceSet.Order(crystal.Id))
                .GroupBy(crystal => crystal.Structure.AtomCount)
                .OrderByDescending(size => size.Key)
                .SelectMany(size =>
                    Enumerable
                        .Range(1, samples)
                        .SelectMany(sample =>
                            size.Select(crystal => new SampleKey(crystal, sample))
                                .Chunk(Math.Max(1, BatchAtoms / size.Key))
                        )
                )
                .Select(keys => new SampleBatch(keys)),
        ];
}
