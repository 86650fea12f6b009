using System.Collections.Immutable;
using Kagome.Crystals.Compositions;

namespace Kagome.Prototypes;

/// <summary>How many atoms of each element a cell holds, without the elements: ABC3 for SrTiO3, A4B4 for Na4Cl4.</summary>
/// <remarks>The letters are slots, those of few atoms first. A structure type fills them with elements.</remarks>
public sealed class AnonymousFormula : IEquatable<AnonymousFormula>, IComparable<AnonymousFormula>
{
    private const int LetterCount = 26;

    /// <param name="counts">Atoms of each slot, all above 0, in any order.</param>
    /// <exception cref="ArgumentException">There is no slot, or one without an atom.</exception>
    public AnonymousFormula(IEnumerable<int> counts)
    {
        Counts = [.. counts.Order()];
        if (Counts.IsEmpty || Counts[0] < 1)
        {
            throw new ArgumentException(
                $"Counts are {string.Join(", ", Counts)}; expected at least one, all above 0.",
                nameof(counts)
            );
        }

        AtomCount = checked(Counts.Sum());
    }

    /// <summary>Atoms of each slot, ascending.</summary>
    public ImmutableArray<int> Counts { get; }

    /// <summary>Atoms of the whole cell.</summary>
    public int AtomCount { get; }

    /// <summary>The anonymous formula of a whole cell.</summary>
    public static AnonymousFormula Of(Composition composition) => new(composition.Counts.Values);

    /// <summary>Whether the counts are the same: ABC3 is not A2B2C6.</summary>
    public bool Equals(AnonymousFormula? other) => other is not null && Counts.SequenceEqual(other.Counts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AnonymousFormula);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        foreach (int count in Counts)
        {
            hash.Add(count);
        }

        return hash.ToHashCode();
    }

    /// <summary>By the number of slots, then by their counts.</summary>
    public int CompareTo(AnonymousFormula? other)
    {
        if (other is null)
        {
            return 1;
        }

        int order = Counts.Length.CompareTo(other.Counts.Length);
        for (int slot = 0; order == 0 && slot < Counts.Length; slot++)
        {
            order = Counts[slot].CompareTo(other.Counts[slot]);
        }

        return order;
    }

    /// <summary>As people write it: ABC3, without ones; after Z come AA, AB and so on.</summary>
    public override string ToString() =>
        string.Concat(Counts.Select((count, slot) => count == 1 ? $"{Letter(slot)}" : $"{Letter(slot)}{count}"));

    private static string Letter(int slot) =>
        slot < LetterCount
            ? $"{(char)('A' + slot)}"
            : $"{(char)('A' + (slot / LetterCount) - 1)}{(char)('A' + (slot % LetterCount))}";
}
