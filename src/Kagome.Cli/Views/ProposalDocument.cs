using Kagome.Output;
using Kagome.Prototypes;

namespace Kagome.Cli.Views;

/// <summary>The known structure types that a formula may have.</summary>
/// <param name="Formula">As it was given.</param>
/// <param name="Proposals">The most likely first; empty where no known crystal has such a formula.</param>
internal sealed record ProposalDocument(string Formula, IReadOnlyList<ProposalDocument.Entry> Proposals)
{
    public static ProposalDocument Of(string formula, IReadOnlyList<Proposal> proposals) =>
        new(formula, [.. proposals.Select(Entry.Of)]);

    /// <summary>A crystal that a formula may have.</summary>
    /// <param name="Probability">That it is right, 0 to 1; null without a ranker.</param>
    /// <param name="Composition">The atoms of the cell, such as Na4Cl4.</param>
    /// <param name="FormulaUnits">How many the cell has (Z).</param>
    /// <param name="SpaceGroup">Of the known crystal; null where it was not determined.</param>
    /// <param name="VolumePerAtom">In Å³.</param>
    /// <param name="Template">The known crystal.</param>
    /// <param name="TemplateEnergyAboveHull">The known crystal's energy above the hull, in eV/atom; null where it is not known.</param>
    internal sealed record Entry(
        double? Probability,
        string Composition,
        int FormulaUnits,
        SpaceGroupDocument? SpaceGroup,
        double VolumePerAtom,
        TemplateDocument Template,
        double? TemplateEnergyAboveHull
    )
    {
        public static Entry Of(Proposal proposal) =>
            new(
                proposal.Probability,
                proposal.Structure.Composition.Formula,
                proposal.FormulaUnits,
                SpaceGroupDocument.Of(
                    proposal.Template.SpaceGroup is { } number ? Crystals.Symmetry.SpaceGroup.OfNumber(number) : null
                ),
                Math.Round(proposal.Structure.VolumePerAtom, 3),
                TemplateDocument.Of(proposal)!,
                proposal.Template.EnergyAboveHull
            );
    }
}
