namespace Kagome.Campaigns;

/// <summary>The part of a result that says whose it is and how it ended.</summary>
internal sealed record LineHead
{
    public required int Index { get; init; }

    public required string Formula { get; init; }

    public int? Atoms { get; init; }

    public FormulaProblem? Problem { get; init; }

    public required IReadOnlyList<Nothing> Crystals { get; init; }

    public bool IsOf(CampaignFormula formula) =>
        (Index, Formula, Atoms) == (formula.Index, formula.Formula, formula.Atoms);

    /// <summary>A crystal that is counted and not read.</summary>
    public sealed record Nothing;
}

/// <summary>A result as it is kept, and what it is.</summary>
/// <param name="Head">What it says of itself.</param>
/// <param name="Line">As it stands in a file, with its end.</param>
internal sealed record FormulaLineResult(LineHead Head, byte[] Line)
{
    public bool IsFailed => Head.Problem is not null;

    /// <summary>The result of one of some formulas; null where the line is damaged, or of something else.</summary>
    public static FormulaLineResult? Read(Campaign campaign, ReadOnlySpan<CampaignFormula> formulas, byte[] line)
    {
        LineHead? head = SealedLine.IsWhole(campaign.Fingerprint, line) ? SealedLine.Read<LineHead>(line) : null;
        int place = head is null || formulas.Length == 0 ? -1 : head.Index - formulas[0].Index;
        return place >= 0 && place < formulas.Length && head!.IsOf(formulas[place])
            ? new FormulaLineResult(head, line)
            : null;
    }
}
