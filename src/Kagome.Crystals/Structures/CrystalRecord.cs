using System.Collections.Immutable;

namespace Kagome.Crystals.Structures;

/// <summary>A structure as an entry of a data set: with its name, its official split and its labels.</summary>
/// <param name="Id">The entry's name in its source, such as mp-22862; unique within a file where the source says so. Where it has none, its formula.</param>
/// <param name="Structure">The crystal.</param>
public sealed record CrystalRecord(string Id, Structure Structure)
{
    /// <summary>The entry's name in its source, such as mp-22862; where it has none, its formula.</summary>
    public string Id
    {
        get;
        init => field = NameOf(value, Structure);
    } = NameOf(Id, Structure);

    /// <summary>The split, train, val or test, where the source states it.</summary>
    public string? Split { get; init; }

    /// <summary>Numbers known of the crystal, by the source's name: e_hull and e_form in eV/atom, gap in eV, tc in K, …</summary>
    public ImmutableSortedDictionary<string, double> Labels { get; init; } =
        ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>What the reader of a file decided where the file was not clear, a sentence each: for people, and not written to files.</summary>
    /// <remarks>Such as the setting of a space group that two settings share, or a rounded position that was moved onto an axis.</remarks>
    public ImmutableArray<string> Remarks { get; init; } = [];

    private static string NameOf(string? id, Structure structure) =>
        string.IsNullOrWhiteSpace(id) ? structure.Composition.Formula : id;
}
