using Kagome.Crystals.Compositions;
using Kagome.Crystals.Matching;
using Kagome.Crystals.Structures;

namespace Kagome.Evaluation.Scoring;

/// <summary>METRe ("match everyone to reference"): compares every reference with every prediction of its composition, whichever polymorph that was made for.</summary>
/// <remarks>Source: "All that structure matches does not glitter" (arXiv 2509.12178). Safe to use from several threads.</remarks>
internal sealed class Metre(StructureMatcher matcher)
{
    /// <summary>For each reference, the smallest RMS to any prediction of its reduced composition; null where none matches.</summary>
    /// <param name="references">In any order.</param>
    /// <param name="ownRms">For each reference, the smallest RMS to predictions that were made for it, which are not compared again.</param>
    /// <param name="predictions">All predictions, with the id of the reference that they were made for.</param>
    /// <param name="cancellation">Ends the search.</param>
    public double?[] SmallestRms(
        IReadOnlyList<ReferenceCrystal> references,
        IReadOnlyList<double?> ownRms,
        IEnumerable<(string Id, Structure Structure)> predictions,
        CancellationToken cancellation = default
    )
    {
        ParallelOptions options = new() { CancellationToken = cancellation };
        HashSet<Composition> shared =
        [
            .. references.CountBy(ReducedFormula).Where(pair => pair.Value > 1).Select(pair => pair.Key),
        ];
        ILookup<Composition, Prediction> byFormula = Prepare(
            [.. predictions.Where(prediction => shared.Contains(prediction.Structure.Composition.Reduced))],
            options
        );
        double?[] smallest = [.. ownRms];
        Parallel.For(
            0,
            smallest.Length,
            options,
            at =>
            {
                ReferenceCrystal reference = references[at];
                foreach (Prediction prediction in byFormula[ReducedFormula(reference)])
                {
                    if (prediction.Id != reference.Id && Rms(prediction, reference, cancellation) is { } rms)
                    {
                        smallest[at] = Math.Min(rms, smallest[at] ?? rms);
                    }
                }
            }
        );
        return smallest;
    }

    private static Composition ReducedFormula(ReferenceCrystal reference) => reference.Structure.Composition.Reduced;

    private ILookup<Composition, Prediction> Prepare(
        (string Id, Structure Structure)[] predictions,
        ParallelOptions options
    ) =>
        predictions
            .AsParallel()
            .AsOrdered()
            .WithCancellation(options.CancellationToken)
            .Select(prediction => new Prediction(
                prediction.Id,
                matcher.TryPrepare(prediction.Structure, options.CancellationToken)
            ))
            .Where(prediction => prediction.Prepared is not null)
            .ToLookup(prediction => prediction.Prepared!.ReducedFormula);

    private double? Rms(Prediction prediction, ReferenceCrystal reference, CancellationToken cancellation) =>
        reference.Prepared is { } expected
            ? matcher.Compare(prediction.Prepared!, expected, cancellation).Match?.Rms
            : null;

    private sealed record Prediction(string Id, PreparedStructure? Prepared);
}
