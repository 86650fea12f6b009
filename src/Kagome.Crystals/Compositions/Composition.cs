using System.Collections.Immutable;
using Kagome.Crystals.Elements;

namespace Kagome.Crystals.Compositions;

/// <summary>How many atoms of each element a cell or formula holds.</summary>
/// <remarks>Counts are whole and above 0. Two compositions are equal when their counts are: NaCl is not Na2Cl2.</remarks>
public sealed class Composition : IEquatable<Composition>
{
    /// <exception cref="ArgumentException">There is no element, or a count is below 1.</exception>
    public Composition(IEnumerable<KeyValuePair<Element, int>> counts)
    {
        Counts = counts.ToImmutableSortedDictionary();
        if (Counts.Count == 0)
        {
            throw new ArgumentException("A composition needs at least one element.", nameof(counts));
        }

        foreach ((Element element, int count) in Counts)
        {
            if (count < 1)
            {
                throw new ArgumentException(
                    $"The count of {element} is {count}; expected a whole number above 0.",
                    nameof(counts)
                );
            }
        }

        AtomCount = checked(Counts.Values.Sum());
        FormulaUnits = Counts.Values.Aggregate(GreatestCommonDivisor);
    }

    /// <summary>Atoms of each element, by atomic number.</summary>
    public ImmutableSortedDictionary<Element, int> Counts { get; }

    /// <summary>The number of atoms in all; at least 1.</summary>
    public int AtomCount { get; }

    /// <summary>The number of formula units Z: how many reduced formulas the composition holds.</summary>
    public int FormulaUnits { get; }

    /// <summary>The composition of one formula unit.</summary>
    public Composition Reduced =>
        FormulaUnits == 1
            ? this
            : new Composition(Counts.Select(pair => KeyValuePair.Create(pair.Key, pair.Value / FormulaUnits)));

    /// <summary>The counts as text, electropositive elements first: NaCl, SrTiO3, Na4Cl4.</summary>
    /// <remarks>Elements by Pauling electronegativity, those without one last; then by symbol.</remarks>
    public string Formula =>
        string.Concat(
            Counts
                .OrderBy(pair => pair.Key.Data.Electronegativity ?? double.PositiveInfinity)
                .ThenBy(pair => pair.Key.Symbol, StringComparer.Ordinal)
                .Select(pair => pair.Value == 1 ? pair.Key.Symbol : $"{pair.Key.Symbol}{pair.Value}")
        );

    /// <summary>The formula of one formula unit: NaCl for Na4Cl4.</summary>
    /// <remarks>Elements too are reduced to one atom, so that oxygen is O, and ions stay spread out: Ca3P2O8.</remarks>
    public string ReducedFormula => Reduced.Formula;

    /// <summary>The composition of the given atoms.</summary>
    public static Composition Of(IEnumerable<Element> atoms) => new(atoms.CountBy(element => element));

    /// <summary>This composition several times over.</summary>
    public Composition Times(int factor) =>
        new(Counts.Select(pair => KeyValuePair.Create(pair.Key, checked(pair.Value * factor))));

    /// <summary>The <see cref="Formula"/>.</summary>
    public override string ToString() => Formula;

    /// <summary>Whether the counts are the same: false for NaCl and Na2Cl2, and for null.</summary>
    public bool Equals(Composition? other) => other is not null && Counts.SequenceEqual(other.Counts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Composition);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach ((Element element, int count) in Counts)
        {
            hash.Add(element);
            hash.Add(count);
        }

        return hash.ToHashCode();
    }

    private static int GreatestCommonDivisor(int first, int second)
    {
        while (second != 0)
        {
            (first, second) = (second, first % second);
        }

        return first;
    }
}
