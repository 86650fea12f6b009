using Kagome.Crystals.Elements;
using Kagome.Crystals.Structures;

namespace Kagome.Prototypes;

/// <summary>A structure that a composition may have, made from a known crystal.</summary>
public sealed record Proposal
{
    /// <summary>The known crystal with the composition's elements, at the volume that they want.</summary>
    public required Structure Structure { get; init; }

    /// <summary>That this is the crystal, 0 to 1, by the ranker; null where there is none.</summary>
    public required double? Probability { get; init; }

    /// <summary>The known crystal.</summary>
    public required KnownCrystal Template { get; init; }

    /// <summary>Which element takes the place of which, those that stay left out.</summary>
    public required IReadOnlyList<Substitution> Substitutions { get; init; }

    /// <summary>How different the elements are from those of the template: 0 for the same, 1 and less for neighbors in the periodic table.</summary>
    public required double Distance { get; init; }

    /// <summary>How many of the known crystals that were looked at make this structure.</summary>
    public required int Votes { get; init; }

    /// <summary>Formula units in the cell (Z).</summary>
    public int FormulaUnits => Structure.Composition.FormulaUnits;
}

/// <summary>An element in place of another.</summary>
/// <param name="From">The template's element.</param>
/// <param name="To">What takes its place.</param>
public readonly record struct Substitution(Element From, Element To)
{
    /// <summary>From and to, such as Ca -> Sr.</summary>
    public override string ToString() => $"{From} -> {To}";
}
