namespace Kagome.Symmetry;

/// <summary>Where an atom sits in its space group.</summary>
/// <param name="Multiplicity">Atoms of its set of symmetry images in the conventional cell.</param>
/// <param name="WyckoffLetter">The letter of its position in International Tables A, such as 'a'.</param>
/// <param name="SiteSymmetrySymbol">What leaves it in its place, oriented, such as <c>m-3m</c> or <c>.3.</c>.</param>
/// <param name="EquivalentTo">The first atom of the structure that is its symmetry image; its own index where it is the first.</param>
public readonly record struct SiteSymmetry(
    int Multiplicity,
    char WyckoffLetter,
    string SiteSymmetrySymbol,
    int EquivalentTo
)
{
    /// <summary>Multiplicity and letter, such as <c>4a</c>.</summary>
    public string WyckoffPosition => $"{Multiplicity}{WyckoffLetter}";
}
