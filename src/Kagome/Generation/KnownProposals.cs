using Kagome.Crystals.Compositions;
using Kagome.Crystals.Symmetry;
using Kagome.Prototypes;

namespace Kagome;

/// <summary>What known structure types propose for a formula, and what is said where they propose nothing, or nothing of what is asked for.</summary>
/// <param name="formula">As it was given.</param>
/// <param name="composition">What it says.</param>
/// <param name="options">Validated before.</param>
/// <param name="prototypes">Null where there are none.</param>
/// <param name="isLeftOut">Known crystals that propose nothing; null for none.</param>
/// <param name="isPrimitive">Whether cells that are asked for are primitive ones; else they may also be conventional ones.</param>
internal sealed class KnownProposals(
    string formula,
    Composition composition,
    PredictionOptions options,
    KnownStructures? prototypes,
    Func<KnownCrystal, bool>? isLeftOut,
    bool isPrimitive
)
{
    /// <summary>Proposals beyond these are never right, in all but one formula of a hundred.</summary>
    private const int Most = 20;

    /// <summary>So many are shown, however unlikely.</summary>
    private const int Fewest = 5;

    private const double SmallestProbability = 0.01;

    /// <summary>The proposals, the most likely first; empty where known types are not asked.</summary>
    /// <exception cref="InputException">They alone are asked, and there is none.</exception>
    public IReadOnlyList<Proposal> All()
    {
        if (options.Candidates == CandidateSources.Generated)
        {
            return [];
        }

        bool isRequired = options.Candidates == CandidateSources.Prototypes;
        if (prototypes is null)
        {
            return isRequired
                ? throw new InputException(
                    $"{nameof(PredictionOptions.Candidates)} is {Word(CandidateSources.Prototypes)}, and no library of them came with this program. Give one, or take {Word(CandidateSources.Generated)}.",
                    options.Candidates,
                    nameof(PredictionOptions.Candidates)
                )
                : [];
        }

        Proposal[] proposals = [.. Fitting(prototypes, composition, options)];
        return proposals.Length == 0 && isRequired
            ? throw new InputException(Nothing(prototypes), formula, nameof(PredictionOptions.Candidates))
            : proposals;
    }

    /// <summary>Says which space group is likeliest where only others are asked for.</summary>
    public IEnumerable<string> LikelierGroups()
    {
        bool asks = options.Constraints.HasSymmetry && options.Candidates != CandidateSources.Generated;
        Proposal? first =
            asks && prototypes is not null
                ? Find(prototypes, composition, options, isLeftOut, isPrimitive).FirstOrDefault()
                : null;
        if (first?.Template is { SpaceGroup: { } group } known && !options.Constraints.AdmitsImage(group))
        {
            string like = first.Substitutions.Count == 0 ? $"as {known.Id} has" : $"like {known.ReducedFormula}";
            string probability = first.Probability is { } p ? FormattableString.Invariant($", p = {p:F2}") : "";
            yield return $"of all space groups {SpaceGroup.OfNumber(group)} is the likeliest ({like}{probability}), which is not asked for{Kinship(SpaceGroup.OfNumber(group))}.";
        }
    }

    /// <summary>How a space group stands to those that are asked for by name, in words.</summary>
    private string Kinship(SpaceGroup group)
    {
        SpaceGroup[] asked = [.. options.Constraints.SpaceGroups.Select(SpaceGroup.OfNumber)];
        return asked.FirstOrDefault(group.IsSubgroupOf) is { } higher ? $"; it is a subgroup of {higher}"
            : asked.FirstOrDefault(other => other.IsSubgroupOf(group)) is { } lower ? $"; it is a supergroup of {lower}"
            : "";
    }

    /// <summary>What known crystals propose that obeys what is known.</summary>
    private IEnumerable<Proposal> Fitting(KnownStructures known, Composition wanted, PredictionOptions wishes)
    {
        ConstrainedStructures constrained = new(wishes.Constraints, wishes.Symprec);
        return Find(
                known,
                wanted,
                wishes,
                wishes.Constraints.HasSymmetry
                    ? crystal => isLeftOut?.Invoke(crystal) == true || constrained.IsLeftOut(crystal)
                    : isLeftOut,
                isPrimitive
            )
            .Select(constrained.Fit)
            .OfType<Proposal>()
            .Where((proposal, at) => at < Fewest || proposal.Probability >= SmallestProbability);
    }

    private static IReadOnlyList<Proposal> Find(
        KnownStructures known,
        Composition wanted,
        PredictionOptions wishes,
        Func<KnownCrystal, bool>? leavesOut,
        bool arePrimitive
    ) =>
        wishes.AtomCount is null && wishes.FormulaUnits.Count > 0
            ? known.Find(wishes.FormulaUnits.Select(wanted.Reduced.Times), Most, leavesOut, arePrimitive)
            : known.Find(
                wanted,
                Most,
                Math.Max(wishes.LargestAtomCount, KnownStructures.LargestAtomCount),
                wishes.AtomCount,
                leavesOut,
                arePrimitive
            );

    /// <summary>Says that no known crystal proposes anything, and whether some would in cells of other sizes.</summary>
    private string Nothing(KnownStructures known)
    {
        string constraints = options.Constraints.IsEmpty ? "" : $"{options.Constraints} ";
        string generate = $"take {nameof(PredictionOptions.Candidates)} {Word(CandidateSources.Generated)}";
        Composition unit = composition.Reduced;
        int[] atoms =
            options.AtomCount is { } count ? [count]
            : options.FormulaUnits.Count > 0 ? [.. options.FormulaUnits.Distinct().Select(z => z * unit.AtomCount)]
            : composition.FormulaUnits > 1 ? [composition.AtomCount]
            : [];
        string none = $"No known crystal {constraints}has a formula like {formula}";
        if (atoms.Length == 0)
        {
            return $"{none}; {generate}.";
        }

        string sized = $"{none} and {string.Join(" or ", atoms)} atoms in its primitive or conventional cell";
        PredictionOptions anyCell = options with { AtomCount = null, FormulaUnits = [] };
        return Fitting(known, unit, anyCell).Any()
            ? $"{sized}, but some have other cells; ask for {unit.ReducedFormula} without a cell size, or {generate}."
            : $"{sized}; {generate}.";
    }

    private static string Word(CandidateSources sources) => $"{sources}".ToLowerInvariant();
}
