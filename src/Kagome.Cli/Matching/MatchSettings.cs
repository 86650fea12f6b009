using Kagome.Evaluation.Matching;

namespace Kagome.Cli.Matching;

/// <summary>What was asked of kagome match.</summary>
internal sealed record MatchSettings
{
    /// <summary>Names of tolerances, in the order in which results are given.</summary>
    public static readonly string[] ToleranceNames = ["csp", "default"];

    /// <summary>csp or default, for files.</summary>
    public required string Tolerances { get; init; }

    /// <summary>Of a comparison.</summary>
    public required TimeSpan TimeLimit { get; init; }

    public bool PrintsJson { get; init; }

    public StructureMatcher Matcher(string tolerances) =>
        new((tolerances == "csp" ? MatcherSettings.Csp : MatcherSettings.Default) with { TimeLimit = TimeLimit });
}
