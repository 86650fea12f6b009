using Kagome.Crystals.Structures;
using Kagome.Output;

namespace Kagome.Web.Jobs;

/// <summary>The candidates of a job as candidates.json names them: one of each distinct crystal.</summary>
internal sealed record JobCandidates(
    string Formula,
    string ReducedFormula,
    int Revision,
    bool IsFinal,
    PredictionOrigin? Origin,
    IReadOnlyList<PredictionDocument.Entry> Candidates
);

/// <summary>A candidate and its structure, as they are kept.</summary>
/// <param name="Entry">What is said of it.</param>
/// <param name="Structure">Null where the sample came to no structure.</param>
internal sealed record KeptCandidate(PredictionDocument.Entry Entry, CrystalRecord? Structure)
{
    public static IReadOnlyList<KeptCandidate> Of(Prediction prediction)
    {
        Dictionary<int, Candidate> byRank = prediction.Crystals.ToDictionary(candidate => candidate.Rank);
        int candidates = prediction.Candidates.Count;
        return
        [
            .. PredictionDocument
                .Of(prediction)
                .Candidates.Where(entry => entry.Rank > candidates || byRank.ContainsKey(entry.Rank))
                .Select(entry => new KeptCandidate(
                    entry,
                    byRank.GetValueOrDefault(entry.Rank) is { } candidate
                        ? PredictionFolder.Record(prediction.Plan, candidate)
                        : null
                )),
        ];
    }
}
