using Kagome.Cli.Output;
using Kagome.Core.Structures;
using Kagome.Evaluation.Matching;
using Kagome.Formats;

namespace Kagome.Cli.Matching;

/// <summary>Compares each crystal of a file with one of another.</summary>
internal static class MatchFiles
{
    public static int Run(
        string path,
        string referencePath,
        string tolerances,
        bool printsJson,
        TextWriter output,
        CancellationToken cancellation
    )
    {
        StructureMatcher matcher = new(tolerances == "csp" ? MatcherSettings.Csp : MatcherSettings.Default);
        CrystalRecord reference = StructureFile.ReadSingle(referencePath);
        IReadOnlyList<CrystalRecord> candidates = StructureFile.Read(path);
        Comparison[] comparisons =
        [
            .. candidates.Select(candidate => Compare(matcher, candidate, reference, cancellation)),
        ];
        if (printsJson)
        {
            output.WriteLine(JsonText.Format(comparisons));
            return ExitCode.Success;
        }

        foreach (Comparison comparison in comparisons)
        {
            output.WriteLine(
                comparison.Matches
                    ? $"{comparison.Id}: match, RMS {comparison.Rms:F4}, largest distance {comparison.LargestDistance:F4} (of the cube root of the volume per atom)"
                    : $"{comparison.Id}: {comparison.Verdict}"
            );
        }

        output.WriteLine(
            $"{comparisons.Count(comparison => comparison.Matches)} of {comparisons.Length} match {reference.Id} ({tolerances} tolerances)"
        );
        return ExitCode.Success;
    }

    private static Comparison Compare(
        StructureMatcher matcher,
        CrystalRecord candidate,
        CrystalRecord reference,
        CancellationToken cancellation
    )
    {
        MatchResult result = matcher.Compare(candidate.Structure, reference.Structure, cancellation);
        return new Comparison(
            candidate.Id,
            result.IsMatch,
            result.Verdict.ToString(),
            result.Match?.Rms,
            result.Match?.LargestDistance
        );
    }

    private sealed record Comparison(string Id, bool Matches, string Verdict, double? Rms, double? LargestDistance);
}
