namespace Kagome.Cli.Manual;

/// <summary>The description of a command, as its help prints it, in parts.</summary>
/// <param name="Summary">Its first sentence, without the full stop.</param>
/// <param name="Paragraphs">All that it says but for examples, the first sentence included.</param>
/// <param name="Examples">Lines to type.</param>
internal sealed record HelpText(string Summary, IReadOnlyList<HelpParagraph> Paragraphs, IReadOnlyList<string> Examples)
{
    private static readonly string[] ExampleHeadings = ["Example:", "Examples:"];

    /// <summary>Reads a description: paragraphs between blank lines, whose indented lines stand as they are; those below "Examples:" are examples.</summary>
    public static HelpText Of(string? description)
    {
        HelpParagraph[] all =
        [
            .. (description ?? "")
                .ReplaceLineEndings("\n")
                .Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
                .Select(HelpParagraph.Of),
        ];
        HelpParagraph[] paragraphs = [.. all.Where(paragraph => !ExampleHeadings.Contains(paragraph.Text))];
        return new HelpText(
            paragraphs is [{ } first, ..] ? FirstSentence(first.Text) : "",
            paragraphs,
            [.. all.Except(paragraphs).SelectMany(paragraph => paragraph.Lines)]
        );
    }

    private static string FirstSentence(string text) => text.Split(". ")[0].TrimEnd('.');
}

/// <summary>A paragraph of running text, and the lines below it that stand as they are.</summary>
internal sealed record HelpParagraph(string Text, IReadOnlyList<string> Lines)
{
    public static HelpParagraph Of(string block)
    {
        ILookup<bool, string> lines = block
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .ToLookup(line => line.StartsWith(' '));
        return new HelpParagraph(string.Join(' ', lines[false]), [.. lines[true].Select(line => line.Trim())]);
    }
}
