using Kagome.Formats.Text;

namespace Kagome.Formats.Cif;

/// <summary>Gathers the words of a CIF into data blocks, one at a time.</summary>
/// <remarks>
/// Dots in data names become underscores, so that names of newer dictionaries are known too. Save frames are passed over, and so is what
/// stands before the first block. An item that nobody asks for may be written as it likes: without a value, or with too many.
/// </remarks>
internal sealed class CifParser(SourceText source)
{
    private readonly CifTokenizer tokenizer = new(source);
    private CifToken? current;
    private bool isPassingOver; // the item read last is not wanted

    /// <exception cref="StructureFormatException">While enumerating: the text is not CIF at all.</exception>
    public IEnumerable<CifBlock> Blocks()
    {
        Advance();
        CifToken? first = current;
        while (current is { Kind: not CifTokenKind.DataHeading })
        {
            Advance();
        }

        if (first is { } word && current is null)
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
        isPassingOver = true;
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
            case CifTokenKind.Stop:
            case CifTokenKind.Value when isPassingOver:
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
        isPassingOver = !IsWanted(name, out string key);
        bool mayBeAbsent =
            isPassingOver || CifConstants.SpaceGroupNames.Contains(key, StringComparer.OrdinalIgnoreCase);
        if (current is not { Kind: CifTokenKind.Value } value)
        {
            isPassingOver = mayBeAbsent;
            _ = mayBeAbsent
                ? name
                : throw block.ProblemAt(name, $"{name.Text} has no value; expected one, or ? where it is not known.");
            return;
        }

        Advance();
        if (isPassingOver)
        {
            return;
        }

        block.Add(name, key, [mayBeAbsent ? WithWordsAfter(value) : Whole(block, value)]);
    }

    /// <summary>A name of a space group with what follows on its line: F m -3 m without quotes.</summary>
    private CifToken WithWordsAfter(CifToken value)
    {
        while (
            current is { Kind: CifTokenKind.Value, IsQuoted: false } next && next.Line == value.Line && !value.IsQuoted
        )
        {
            value = value with { Text = $"{value.Text} {next.Text}" };
            Advance();
        }

        return value;
    }

    private static CifToken Whole(CifBlock block, CifToken value) =>
        value.IsBroken
            ? throw block.ProblemAt(
                value,
                $"the value that begins with {value.Text[0]} has no end; expected {value.Text[0]} on the same line."
            )
            : value;

    private void ReadLoop(CifBlock block, CifToken loop)
    {
        List<(CifToken Name, string? Key, List<CifToken> Values)> columns = [];
        while (current is { Kind: CifTokenKind.Name } name)
        {
            columns.Add((name, IsWanted(name, out string key) ? key : null, []));
            Advance();
        }

        isPassingOver = columns.TrueForAll(column => column.Key is null);
        if (isPassingOver)
        {
            return; // its values go by one after another
        }

        ReadRows(block, loop, columns);
        foreach ((CifToken name, string? key, List<CifToken> values) in columns)
        {
            if (key is not null)
            {
                block.Add(name, key, values);
            }
        }
    }

    private void ReadRows(
        CifBlock block,
        CifToken loop,
        List<(CifToken Name, string? Key, List<CifToken> Values)> columns
    )
    {
        long count = 0;
        for (; current is { Kind: CifTokenKind.Value } value; Advance())
        {
            if (count / columns.Count >= FormatLimits.MaximumAtoms)
            {
                throw block.ProblemAt(
                    loop,
                    $"the loop has more than {FormatLimits.MaximumAtoms} rows; expected at most as many atoms."
                );
            }

            (_, string? key, List<CifToken> values) = columns[(int)(count++ % columns.Count)];
            if (key is not null)
            {
                values.Add(Whole(block, value));
            }
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
        return CifConstants.IsWanted(key);
    }

    private static string Shortened(string text) => text.Length <= 40 ? text : $"{text[..40]}…";
}
