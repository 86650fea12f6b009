using Kagome.Core.Structures;

namespace Kagome.Core.Symmetry;

/// <summary>An atom that stands for all its symmetry images.</summary>
/// <param name="Site">The atom itself.</param>
/// <param name="Multiplicity">How many images the cell holds, itself included.</param>
/// <param name="WyckoffLetter">The letter of its position in International Tables A, such as 'a'.</param>
public readonly record struct AsymmetricSite(Site Site, int Multiplicity, char WyckoffLetter);
