using Kagome.Formats;
using Kagome.Prototypes;

namespace Kagome.Cli.Views;

/// <summary>What known structure types propose, on the screen.</summary>
internal static class ProposalTable
{
    public static void Print(CommandStreams streams, string formula, IReadOnlyList<Proposal> proposals, bool asJson)
    {
        if (asJson)
        {
            streams.Output.WriteLine(DocumentSchema.Proposals.Line(ProposalDocument.Of(formula, proposals)));
            return;
        }

        if (proposals.Count == 0)
        {
            streams.Output.WriteLine(
                $"{formula}: no known crystal has such a formula; `kagome predict` generates structures."
            );
            return;
        }

        TextTable table = new("#", "p", "cell", "space group", "Å³/atom", "template", "replaced", "distance", "votes");
        foreach ((int at, Proposal proposal) in proposals.Index())
        {
            table.Add(
                $"{at + 1}",
                proposal.Probability?.ToString("F2") ?? "-",
                proposal.Structure.Composition.Formula,
                proposal.Template.SpaceGroup?.ToString() ?? "-",
                proposal.Structure.VolumePerAtom.ToString("F1"),
                $"{proposal.Template.ReducedFormula} {proposal.Template.Id}",
                Replaced(proposal),
                proposal.Distance.ToString("F2"),
                $"{proposal.Votes}"
            );
        }

        table.Write(streams.Output);
    }

    private static string Replaced(Proposal proposal) =>
        proposal.Substitutions.Count == 0 ? "nothing: it is known" : string.Join(", ", proposal.Substitutions);
}
