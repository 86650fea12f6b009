namespace Kagome.Formats.Cif;

/// <summary>The wanted values of one data block.</summary>
internal sealed class CifBlock(string path, CifToken heading)
{
    private const int MostRemarks = 20;

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

    /// <summary>The data names that the block has.</summary>
    public IEnumerable<string> Names => columns.Keys;

    /// <summary>What was decided where the block is not clear.</summary>
    public List<string> Remarks { get; } = [];

    /// <exception cref="StructureFormatException">The block has this name already, with other values.</exception>
    public void Add(CifToken name, string key, List<CifToken> values)
    {
        if (!columns.TryAdd(key, values) && !columns[key].SequenceEqual(values, CifValueComparer.Instance))
        {
            throw ProblemAt(
                name,
                $"{name.Text} stands here a second time, with another value; expected one value or one loop of it."
            );
        }
    }

    /// <summary>Notes what was decided.</summary>
    public void Remark(CifToken token, string remark)
    {
        if (Remarks.Count < MostRemarks)
        {
            Remarks.Add(ProblemAt(token, remark).Message);
        }
    }

    public StructureFormatException ProblemAt(CifToken token, string problem) =>
        new(path, token.Line, problem, $"data_{Name}");

    public StructureFormatException ProblemInBlock(string problem) => ProblemAt(heading, problem);
}

/// <summary>Whether two values of one item say the same: numbers by what they are, words without case and spaces.</summary>
internal sealed class CifValueComparer : IEqualityComparer<CifToken>
{
    public static CifValueComparer Instance { get; } = new();

    public bool Equals(CifToken x, CifToken y) =>
        CifNumber.TryParse(x, out double first) && CifNumber.TryParse(y, out double second)
            ? first == second
            : Compact(x.Text).Equals(Compact(y.Text), StringComparison.OrdinalIgnoreCase);

    public int GetHashCode(CifToken obj) => 0;

    private static string Compact(string text) => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)));
}
