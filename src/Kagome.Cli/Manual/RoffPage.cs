using static Kagome.Cli.Manual.RoffText;

namespace Kagome.Cli.Manual;

/// <summary>A page of the manual as man prints it.</summary>
internal static class RoffPage
{
    public const string Extension = ".1";

    private const string Break = ".PP";

    public static string Format(ManualPage page) => string.Join('\n', [.. Lines(page), ""]);

    private static IEnumerable<string> Lines(ManualPage page)
    {
        CommandEntry entry = page.Entry;
        return
        [
            @".\"" Written by kagome man from the program's own help.",
            $".TH {Escape(entry.PageName.ToUpperInvariant())} 1 \"\" \"Kagome {ManualPage.Version}\" \"Kagome\"",
            ".SH NAME",
            $@"{Escape(entry.PageName)} \- {Escape(entry.Text.Summary)}",
            ".SH SYNOPSIS",
            Synopsis(entry),
            ".SH DESCRIPTION",
            .. Description(entry),
            .. Section(".SH ARGUMENTS", Operands(entry)),
            .. Section(".SH OPTIONS", Options(entry)),
            .. page.IsOfProgram ? Section(".SH COMMANDS", entry.Commands.SelectMany(Summary)) : [],
            .. Section(".SH COMMANDS", page.Sections.SelectMany(Whole)),
            .. Section(".SH EXAMPLES", Literal(entry.Text.Examples)),
            ".SH EXIT STATUS",
            .. ManualPage.ExitCodes.SelectMany(code => Item(Bold(code.Name), code.Meaning)),
            .. page.IsOfProgram
                ? Section(
                    ".SH ENVIRONMENT",
                    ManualPage.Variables.SelectMany(item => Item(Bold(item.Name), item.Meaning))
                )
                : [],
            ".SH SEE ALSO",
            string.Join(",\n", page.OtherPages.Select(other => $"{Bold(other.PageName)}(1)")),
        ];
    }

    private static string Synopsis(CommandEntry entry) =>
        $"{Bold(entry.Name)} {string.Join(' ', entry.Usage.Select(Italic))}";

    private static IEnumerable<string> Section(string heading, IEnumerable<string> lines)
    {
        string[] all = [.. lines];
        return all.Length == 0 ? [] : [heading, .. all];
    }

    /// <summary>Paragraphs with a break between them, not before: a heading breaks already.</summary>
    private static IEnumerable<string> Description(CommandEntry entry) =>
        entry
            .Text.Paragraphs.SelectMany(paragraph =>
                (IEnumerable<string>)[Break, Line(paragraph.Text), .. Section(Break, Literal(paragraph.Lines))]
            )
            .Skip(1);

    private static IEnumerable<string> Whole(CommandEntry entry) =>
        [
            $".SS {Escape(entry.Name)}",
            Synopsis(entry),
            Break,
            .. Description(entry),
            .. Operands(entry),
            .. Options(entry),
            .. Section(
                $"{Break}\n{Line(entry.Text.Examples.Count == 1 ? "Example:" : "Examples:")}\n{Break}",
                Literal(entry.Text.Examples)
            ),
        ];

    private static IEnumerable<string> Summary(CommandEntry entry) =>
        Item($"{Bold(entry.PageName)}(1)", $"{entry.Text.Summary}.");

    private static IEnumerable<string> Operands(CommandEntry entry) =>
        entry.Operands.SelectMany(operand =>
            Item(Italic(operand.Name), WithDefault(operand.Description, operand.Default))
        );

    private static IEnumerable<string> Options(CommandEntry entry) =>
        entry.Options.SelectMany(option =>
            Item(
                $"{string.Join(", ", option.Names.Select(Bold))} {Italic(option.Value)}".TrimEnd(),
                WithDefault(option.IsRequired ? $"Required. {option.Description}" : option.Description, option.Default)
            )
        );

    private static string WithDefault(string text, string? standard) =>
        standard is null ? text : $"{text} [default: {standard}]";

    private static string[] Item(string name, string text) => [".TP", name, Line(text)];

    private static string[] Literal(IReadOnlyList<string> lines) =>
        lines.Count == 0 ? [] : [".RS 4", ".nf", .. lines.Select(Line), ".fi", ".RE"];
}
