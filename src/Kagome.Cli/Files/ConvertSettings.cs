using Kagome.Formats;

namespace Kagome.Cli.Files;

/// <summary>What to convert.</summary>
/// <param name="Source">A file or folder.</param>
/// <param name="Target">A file; a folder where it is one or ends in a slash.</param>
/// <param name="From">Null where the source's name tells it.</param>
/// <param name="To">Null where the target's name tells it.</param>
/// <param name="IsForced">Whether files may be replaced.</param>
internal sealed record ConvertSettings(
    string Source,
    string Target,
    IStructureFormat? From,
    IStructureFormat? To,
    bool IsForced
)
{
    /// <summary>Which cell to write; null for the one that is given.</summary>
    public CellChoice? Cell { get; init; }

    /// <summary>Whether CIF files tell the asymmetric unit and the symmetry operations.</summary>
    public bool Symmetrises { get; init; }

    /// <summary>How exact a symmetry has to be, in Å.</summary>
    public required double Symprec { get; init; }

    public bool TargetIsFolder => Path.EndsInDirectorySeparator(Target) || Directory.Exists(Target);
}
