using System.Net;
using System.Text.RegularExpressions;

namespace Kagome.Cli.Manual;

/// <summary>A page of the manual as Markdown.</summary>
internal static partial class MarkdownPage
{
    public const string Extension = ".md";

    public static string Format(ManualPage page) => string.Join('\n', [.. Lines(page), ""]);

    private static IEnumerable<string> Lines(ManualPage page) =>
        [
            $"# {page.Entry.Name}",
            .. Body(page.Entry, "##"),
            .. page.IsOfProgram ? Pages(page.Entry) : [],
            .. page.Sections.SelectMany(section =>
                (IEnumerable<string>)["", $"## {section.Name}", .. Body(section, "###")]
            ),
            .. Table("## Exit codes", "code", "meaning", ManualPage.ExitCodes),
            .. page.IsOfProgram ? Table("## Environment", "variable", "meaning", ManualPage.Variables) : [],
        ];

    private static IEnumerable<string> Body(CommandEntry entry, string heading) =>
        [
            "",
            "```",
            $"{entry.Name} {string.Join(' ', entry.Usage)}".TrimEnd(),
            "```",
            .. entry.Text.Paragraphs.SelectMany(paragraph =>
                (IEnumerable<string>)["", Text(paragraph.Text), .. Code(paragraph.Lines)]
            ),
            .. Operands(entry, heading),
            .. Options(entry, heading),
            .. entry.Text.Examples.Count == 0
                ? []
                : (IEnumerable<string>)["", $"{heading} Examples", .. Code(entry.Text.Examples)],
        ];

    private static IEnumerable<string> Operands(CommandEntry entry, string heading) =>
        entry.Operands.Count == 0
            ? []
            :
            [
                "",
                $"{heading} Arguments",
                "",
                "| argument | what it is |",
                "|---|---|",
                .. entry.Operands.Select(operand =>
                    $"| {Inline(operand.Name)} | {Cell(operand.Description)}{Default(operand.Default)} |"
                ),
            ];

    private static IEnumerable<string> Options(CommandEntry entry, string heading) =>
        entry.Options.Count == 0
            ? []
            :
            [
                "",
                $"{heading} Options",
                "",
                "| option | what it does | default |",
                "|---|---|---|",
                .. entry.Options.Select(option =>
                    $"| {string.Join(", ", option.Names.Select(Inline))}{(option.Value.Length == 0 ? "" : $" {Inline(option.Value)}")} | {Cell(option.Description)} | {(option.IsRequired ? "required" : Inline(option.Default))} |"
                ),
            ];

    private static IEnumerable<string> Pages(CommandEntry program) =>
        [
            "",
            "## Commands",
            "",
            "| command | what it does |",
            "|---|---|",
            .. program.Commands.Select(command =>
                $"| [{command.Name}]({command.PageName}{Extension}) | {Cell(command.Text.Summary)}. |"
            ),
        ];

    private static IEnumerable<string> Table(
        string heading,
        string name,
        string meaning,
        IEnumerable<(string Name, string Meaning)> rows
    ) =>
        [
            "",
            heading,
            "",
            $"| {name} | {meaning} |",
            "|---|---|",
            .. rows.Select(row => $"| `{row.Name}` | {Cell(row.Meaning)} |"),
        ];

    private static IEnumerable<string> Code(IReadOnlyList<string> lines) =>
        lines.Count == 0 ? [] : ["", "```sh", .. lines, "```"];

    private static string Default(string? standard) => standard is null ? "" : $" Default: {Inline(standard)}.";

    /// <summary>A word as code; one with a bar as HTML, since readers of Markdown differ in what they make of a bar in code in a table; a line may end after it.</summary>
    private static string Inline(string? word) =>
        word is null ? ""
        : word.Contains('|', StringComparison.Ordinal)
            ? $"<code>{WebUtility.HtmlEncode(word).Replace("|", "&#124;<wbr>", StringComparison.Ordinal)}</code>"
        : $"`{word}`";

    private static string Cell(string text) => Text(text).Replace("|", "&#124;", StringComparison.Ordinal);

    /// <summary>Text that Markdown shows as it is, but for what stands in backticks, which is code.</summary>
    private static string Text(string text) =>
        Marks().Replace(text, mark => mark.Value[0] == '`' ? mark.Value : $@"\{mark.Value}");

    [GeneratedRegex(@"`[^`]*`|[\\*_<>\[\]`]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Marks();
}
