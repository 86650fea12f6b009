using Kagome.Crystals.Elements;

namespace Kagome.Reports.Crystals;

/// <summary>An atom in a picture.</summary>
public readonly record struct DrawnAtom(Element Element, SeenPoint Centre);
