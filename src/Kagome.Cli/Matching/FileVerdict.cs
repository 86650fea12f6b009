using Kagome.Core.Structures;
using Kagome.Evaluation.Matching;

namespace Kagome.Cli.Matching;

/// <summary>What came of comparing a crystal of a file with the reference.</summary>
/// <remarks>RMS and largest distance in units of (V/N)^(1/3). The mapping takes the crystal for the first, the reference for the second.</remarks>
internal sealed record FileVerdict(
    string Id,
    bool Matches,
    MatchVerdict Verdict,
    double? Rms,
    double? LargestDistance,
    CrystalMapping? Mapping
)
{
    public static FileVerdict Of(
        CrystalRecord candidate,
        CrystalRecord reference,
        StructureMatcher matcher,
        CancellationToken cancellation
    )
    {
        MatchResult result = matcher.Compare(candidate.Structure, reference.Structure, cancellation);
        return new FileVerdict(
            candidate.Id,
            result.IsMatch,
            result.Verdict,
            result.Match?.Rms,
            result.Match?.LargestDistance,
            result.Match is { } match
                ? CrystalMapping.Of(candidate.Structure, reference.Structure, match, cancellation)
                : null
        );
    }
}
