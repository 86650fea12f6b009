using Kagome.Core.Structures;

namespace Kagome.Formats.Cif;

/// <summary>A row of the atom sites.</summary>
/// <param name="Name">Its label, or what else names it in messages.</param>
/// <param name="Site">The atom.</param>
/// <param name="Source">Where it stands in the file.</param>
internal readonly record struct CifSite(string Name, Site Site, CifToken Source);
