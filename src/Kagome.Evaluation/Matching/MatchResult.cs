namespace Kagome.Evaluation.Matching;

/// <summary>The outcome of a comparison.</summary>
/// <param name="Verdict">Whether the crystals are the same, and if not, why.</param>
/// <param name="Match">How they lie on each other; null unless the verdict is <see cref="MatchVerdict.Match"/>.</param>
public sealed record MatchResult(MatchVerdict Verdict, StructureMatch? Match = null)
{
    public bool IsMatch => Match is not null;
}
