using Kagome.Crystals.Elements;

namespace Kagome.Reports.Crystals;

/// <summary>An atom in a picture.</summary>
/// <param name="Element">Tells its colour and size.</param>
/// <param name="Centre">Where its middle stands.</param>
internal readonly record struct DrawnAtom(Element Element, SeenPoint Centre);
