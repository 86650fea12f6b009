using Kagome.Formats.Text;

namespace Kagome.Formats.Cif;

/// <summary>Gathers the words of a CIF into data blocks, one at a time.</summary>
/// <remarks>Dots in data names become underscores, so that names of newer dictionaries are known too. Save frames are passed over.</remarks>
internal sealed class CifParser(SourceText source)
{
    private readonly CifTokenizer tokenizer = new(source);
    private CifToken? current;

    /// <exception cref="StructureFormatException">While enumerating: the text is not CIF at all.</exception>
    public IEnumerable<CifBlock> Blocks()
    {
        Advance();
        if (current is { Kind: not CifTokenKind.DataHeading } word)
        {
            throw new StructureFormatException(
                source.Path,
                word.Line,
                $"begins with '{Shortened(word.Text)}'; expected a CIF, which begins with data_ and a name."
            );
        }

        while (current is { } heading)
        {
            yield return ReadBlock(heading);
        }
    }

    private CifBlock ReadBlock(CifToken heading)
    {
        CifBlock block = new(source.Path, heading);
        try
        {
            Advance();
            while (current is { Kind: not CifTokenKind.DataHeading } word)
            {
                ReadItem(block, word);
            }
        }
        catch (StructureFormatException problem)
        {
            block.Problem = problem;
            SkipToNextBlock();
        }

        return block;
    }

    private void ReadItem(CifBlock block, CifToken word)
    {
        Advance();
        switch (word.Kind)
        {
            case CifTokenKind.Name:
                ReadSingleValue(block, word);
                break;
            case CifTokenKind.Loop:
                ReadLoop(block, word);
                break;
            case CifTokenKind.SaveHeading:
                SkipSaveFrame(block, word);
                break;
            default:
                throw block.ProblemAt(
                    word,
                    $"the value '{Shortened(word.Text)}' has no name; expected a name such as _cell_length_a, or quotes around a value with spaces."
                );
        }
    }

    private void ReadSingleValue(CifBlock block, CifToken name)
    {
        if (current is not { Kind: CifTokenKind.Value } value)
        {
            throw block.ProblemAt(name, $"{name.Text} has no value; expected one, or ? where it is not known.");
        }

        if (IsWanted(name, out string key))
        {
            block.Add(name, key).Add(value);
        }

        Advance();
    }

    private void ReadLoop(CifBlock block, CifToken loop)
    {
        List<List<CifToken>?> columns = [];
        while (current is { Kind: CifTokenKind.Name } name)
        {
            columns.Add(IsWanted(name, out string key) ? block.Add(name, key) : null);
            Advance();
        }

        if (columns.Count == 0)
        {
            throw block.ProblemAt(loop, "loop_ names no columns; expected names such as _atom_site_label after it.");
        }

        ReadRows(block, loop, columns);
    }

    private void ReadRows(CifBlock block, CifToken loop, List<List<CifToken>?> columns)
    {
        long count = 0;
        bool isWanted = columns.Exists(column => column is not null);
        for (; current is { Kind: CifTokenKind.Value } value; Advance())
        {
            if (isWanted && count / columns.Count >= FormatLimits.MaximumAtoms)
            {
                throw block.ProblemAt(
                    loop,
                    $"the loop has more than {FormatLimits.MaximumAtoms} rows; expected at most as many atoms."
                );
            }

            columns[(int)(count++ % columns.Count)]?.Add(value);
        }

        if (count % columns.Count != 0)
        {
            throw block.ProblemAt(
                loop,
                $"the loop has {count} values for {columns.Count} columns; expected a multiple. Look for a lost value, or for a value with spaces and no quotes."
            );
        }
    }

    private void SkipSaveFrame(CifBlock block, CifToken heading)
    {
        while (current is { Kind: not CifTokenKind.DataHeading } word)
        {
            Advance();
            if (word.Kind == CifTokenKind.SaveHeading)
            {
                return;
            }
        }

        throw block.ProblemAt(heading, $"save_{heading.Text} has no end; expected save_ alone after it.");
    }

    private void SkipToNextBlock()
    {
        bool isAtHeading = current is { Kind: CifTokenKind.DataHeading };
        while (!isAtHeading)
        {
            try
            {
                Advance();
                isAtHeading = current is null or { Kind: CifTokenKind.DataHeading };
            }
            catch (StructureFormatException exception) when (exception.Line is not null)
            {
                // the block is reported already: its other damage adds nothing
            }
        }
    }

    private void Advance() => current = tokenizer.Next();

    private static bool IsWanted(CifToken name, out string key)
    {
        key = name.Text.Replace('.', '_');
        return CifConstants.Wanted.Contains(key);
    }

    private static string Shortened(string text) => text.Length <= 40 ? text : $"{text[..40]}…";
}

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
