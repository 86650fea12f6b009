using Kagome.Core.Elements;

namespace Kagome.Reports.Crystals;

/// <summary>An atom in a picture.</summary>
public readonly record struct SeenAtom(Element Element, SeenPoint Centre);
