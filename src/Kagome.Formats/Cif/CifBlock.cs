namespace Kagome.Formats.Cif;

/// <summary>The wanted values of one data block.</summary>
internal sealed class CifBlock(string path, CifToken heading)
{
    private readonly Dictionary<string, List<CifToken>> columns = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The name after data_.</summary>
    public string Name => heading.Text;

    /// <summary>Why the block cannot be read to its end, if so.</summary>
    public StructureFormatException? Problem { get; set; }

    /// <summary>Whether the block has anything to say about a cell or atoms: many files keep authors and methods in blocks of their own.</summary>
    public bool IsCrystal =>
        columns.Keys.Any(name =>
            name.StartsWith("_cell_", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("_atom_site_", StringComparison.OrdinalIgnoreCase)
        );

    /// <summary>The values under a data name: one, or a column of a loop; null where the name is absent.</summary>
    public IReadOnlyList<CifToken>? Values(string name) => columns.GetValueOrDefault(name);

    /// <summary>The single value under a data name; null where it is absent, unknown or one of several.</summary>
    public CifToken? Value(string name) =>
        Values(name) is { Count: 1 } values && !values[0].IsMissing ? values[0] : null;

    /// <exception cref="StructureFormatException">The block has this name already.</exception>
    public List<CifToken> Add(CifToken name, string key)
    {
        List<CifToken> values = [];
        return columns.TryAdd(key, values)
            ? values
            : throw ProblemAt(name, $"{name.Text} stands here a second time; expected one value or one loop of it.");
    }

    public StructureFormatException ProblemAt(CifToken token, string problem) =>
        new(path, token.Line, problem, $"data_{Name}");

    public StructureFormatException ProblemInBlock(string problem) => ProblemAt(heading, problem);
}
