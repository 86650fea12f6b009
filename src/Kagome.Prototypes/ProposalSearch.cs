using System.Collections.Immutable;
using Kagome.Crystals.Compositions;
using Kagome.Crystals.Elements;

namespace Kagome.Prototypes;

/// <summary>Finds the structures that a composition may have among the known structure types.</summary>
/// <remarks>Safe to use from several threads.</remarks>
/// <param name="libraries">Where known crystals come from.</param>
/// <param name="ranker">Says how likely each is; null to rank by how different the elements are.</param>
public sealed class ProposalSearch(IReadOnlyList<PrototypeLibrary> libraries, StructureTypeRanker? ranker)
{
    /// <summary>Proposals of one cell, the most likely first; all distinct.</summary>
    /// <param name="composition">All atoms of the cell.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="isLeftOut">Known crystals that are not to be used, such as those of the same formula; null for none.</param>
    /// <returns>Empty where no known crystal has the anonymous formula.</returns>
    public IReadOnlyList<Proposal> Find(
        Composition composition,
        int most,
        Func<KnownCrystal, bool>? isLeftOut = null
    ) => Proposals(Evidence(composition, isLeftOut), most);

    /// <summary>What known crystals say of one cell.</summary>
    /// <inheritdoc cref="Find"/>
    internal CellEvidence Evidence(Composition composition, Func<KnownCrystal, bool>? isLeftOut = null)
    {
        ArgumentNullException.ThrowIfNull(composition);
        AnonymousFormula formula = AnonymousFormula.Of(composition);
        return new CellEvidence(
            composition,
            [
                .. libraries
                    .Select(library => (Group: library.Find(formula), library.Description.AtomicVolumes))
                    .Where(library => library.Group is not null)
                    .Select(library =>
                        (Pairs: CandidatePairs.Of(composition, library.Group!, isLeftOut), library.AtomicVolumes)
                    )
                    .Select(library => new CellAnswer(
                        library.Pairs,
                        ranker?.Vote(library.Pairs),
                        library.AtomicVolumes
                    )),
            ]
        );
    }

    /// <summary>The proposals that follow from it, the most likely first; all distinct.</summary>
    internal static IReadOnlyList<Proposal> Proposals(CellEvidence cell, int most)
    {
        double votes = cell.VotesOfAll;
        return
        [
            .. DistinctProposals
                .Of(cell.Answers.Select(answer => Proposals(answer, votes, most).ToArray()))
                .OrderByDescending(proposal => proposal.Probability)
                .ThenBy(proposal => proposal.Distance)
                .Take(most),
        ];
    }

    /// <summary>The cells of a formula that the libraries have crystals like.</summary>
    /// <param name="composition">Any number of formula units.</param>
    /// <param name="largestAtomCount">Of a cell.</param>
    public IEnumerable<Composition> Cells(Composition composition, int largestAtomCount)
    {
        ArgumentNullException.ThrowIfNull(composition);
        Composition unit = composition.Reduced;
        ImmutableArray<int> counts = AnonymousFormula.Of(unit).Counts;
        return Enumerable
            .Range(1, largestAtomCount / unit.AtomCount)
            .Where(z =>
                libraries.Any(library =>
                    library.CrystalCount(new AnonymousFormula(counts.Select(count => count * z))) > 0
                )
            )
            .Select(unit.Times);
    }

    private static IEnumerable<Proposal> Proposals(CellAnswer answer, double allVotes, int most)
    {
        RankerVotes? votes = answer.Votes;
        return answer
            .Pairs.Pairs.Index()
            .GroupBy(pair => pair.Item.Candidate)
            .OrderByDescending(candidate => votes?.OfCandidates[candidate.Key] ?? -candidate.Key)
            .Take(most)
            .Select(candidate =>
                Proposal(
                    answer.Pairs,
                    Likeliest(candidate, answer.Pairs.Group, votes),
                    votes is null ? null : votes.OfCandidates[candidate.Key] / allVotes,
                    candidate.Select(pair => pair.Item.Crystal).Distinct().Count(),
                    answer.AtomicVolumes
                )
            );
    }

    /// <summary>The pair that shows what a candidate looks like: of those of its likeliest space group, the likeliest; without votes the nearest.</summary>
    private static CandidatePairs.Pair Likeliest(
        IEnumerable<(int Index, CandidatePairs.Pair Item)> candidate,
        PrototypeGroup group,
        RankerVotes? votes
    ) =>
        votes is null
            ? candidate.MinBy(pair => pair.Item.Distance).Item
            : candidate
                .GroupBy(pair => group.Crystals[pair.Item.Crystal].SpaceGroup)
                .MaxBy(same => same.Sum(pair => votes.OfPairs[pair.Index]))!
                .MaxBy(pair => votes.OfPairs[pair.Index])
                .Item;

    private static Proposal Proposal(
        CandidatePairs pairs,
        CandidatePairs.Pair pair,
        double? probability,
        int votes,
        IReadOnlyList<double> volumes
    )
    {
        KnownCrystal template = pairs.Group.Crystals[pair.Crystal];
        ImmutableArray<Element> elements = [.. pairs.Group.Orders[pair.Order].Select(place => pairs.Elements[place])];
        return new Proposal
        {
            Structure = template.With(
                elements,
                AtomicVolumes.Scale(volumes, template, elements) * template.VolumePerAtom
            ),
            Probability = probability,
            Template = template,
            Substitutions =
            [
                .. template
                    .Elements.Zip(elements, (from, to) => new Substitution(from, to))
                    .Where(substitution => substitution.From != substitution.To),
            ],
            Distance = pair.Distance,
            Votes = votes,
        };
    }
}
