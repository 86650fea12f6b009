using System.CommandLine;
using System.Diagnostics;
using Kagome.Cli.Manual;

namespace Kagome.Cli.Tests;

public sealed class ManualTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static IReadOnlyList<ManualPage> Pages => ManualPage.All(CommandEntry.Of(KagomeProgram.CreateCommand()));

    [Fact]
    public async Task Man_takes_a_command_by_the_name_of_its_page_too()
    {
        ProgramRun page = await ProgramRun.Of("man", "kagome-predict");
        page.AssertSuccess();
        Assert.Equal((await ProgramRun.Of("man", "predict")).Output, page.Output);
    }

    [Theory]
    [InlineData("man", "--out", "")]
    [InlineData("predict", "NaCl", "--out", " ")]
    [InlineData("data", "stats", "absent.jsonl", "--out", "")]
    public async Task Out_without_a_name_is_refused(params string[] args)
    {
        ProgramRun run = await ProgramRun.Of(args);
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("expected the name of a file or folder.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Roff_has_every_command_and_option() =>
        AssertWhole(
            RoffPage.Format,
            command => $".SS {Minus(command)}\n",
            option => $@"\fB{Minus(option)}\fR",
            operand => $@".TP{'\n'}\fI{operand}\fR"
        );

    [Fact]
    public void Markdown_has_every_command_and_option() =>
        AssertWhole(
            MarkdownPage.Format,
            command => $"\n## {command}\n",
            option => $"`{option}`",
            operand =>
                operand.Contains('|', StringComparison.Ordinal)
                    ? $"\n| <code>{operand.Replace("|", "&#124;<wbr>", StringComparison.Ordinal)}</code> |"
                    : $"\n| `{operand}` |"
        );

    [Fact]
    public async Task Groff_finds_nothing_to_warn_of()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/groff"), "There is no groff: apt-get install groff-base.");
        (await ProgramRun.Of("man", "--out", folder["man"])).AssertSuccess();
        using Process groff = Process.Start(
            new ProcessStartInfo(
                "/usr/bin/groff",
                ["-man", "-ww", "-Tutf8", .. folder.FileNames.Select(name => folder[name])]
            )
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        Task<string> shown = groff.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        string warnings = await groff.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Equal("", warnings);
        Assert.Contains("in Å", await shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".cif or .vasp", @"\&.cif or .vasp")]
    [InlineData("'a' and b", @"\&\(aqa\(aq and b")]
    [InlineData(@"C:\crystals", @"C:\ecrystals")]
    [InlineData("kagome-p --out", @"kagome\-p \-\-out")]
    [InlineData("Å", @"\[u00C5]")]
    public void Roff_shows_text_as_it_is(string text, string expected) => Assert.Equal(expected, RoffText.Line(text));

    [Fact]
    public void Markdown_has_tables_whose_rows_are_as_long_as_their_headings()
    {
        foreach (string[] lines in Pages.Select(page => MarkdownPage.Format(page).Split('\n')))
        {
            Assert.All(
                lines.Zip(lines.Skip(1)).Where(pair => pair.First.StartsWith('|') && pair.Second.StartsWith('|')),
                pair => Assert.Equal(pair.First.Count(IsBar), pair.Second.Count(IsBar))
            );
        }

        static bool IsBar(char character) => character == '|';
    }

    [Fact]
    public void Help_is_read_in_parts()
    {
        HelpText text = HelpText.Of(
            """
            Move crystals. Slowly.

            Several lines
            of text:
              mpirun kagome

            Examples:
              kagome move a.cif
              kagome move b.cif

            More.
            """
        );

        Assert.Equal("Move crystals", text.Summary);
        Assert.Equal(
            ["Move crystals. Slowly.", "Several lines of text:", "More."],
            text.Paragraphs.Select(paragraph => paragraph.Text)
        );
        Assert.Equal(["mpirun kagome"], text.Paragraphs[1].Lines);
        Assert.Equal(["kagome move a.cif", "kagome move b.cif"], text.Examples);
    }

    [Fact]
    public async Task Run_prints_the_page_of_a_command()
    {
        ProgramRun run = await ProgramRun.Of("man", "predict");

        run.AssertSuccess();
        Assert.Contains("[default: 20]", run.Output, StringComparison.Ordinal);
        Assert.Contains("\n.TH KAGOME\\-PREDICT 1 ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_into_a_folder_writes_all_pages_and_replaces_none_unless_forced()
    {
        string[] command = ["man", "--format", "markdown", "--out", folder["pages"]];
        (await ProgramRun.Of(command)).AssertSuccess();

        Assert.Equal(
            Pages.Select(page => $"pages/{page.Entry.PageName}.md").Order(StringComparer.Ordinal),
            folder.FileNames
        );
        (await ProgramRun.Of(command)).AssertRefused("--force");
        (await ProgramRun.Of([.. command, "--force"])).AssertSuccess();
    }

    [Fact]
    public async Task Run_command_that_is_not_known_is_refused() =>
        (await ProgramRun.Of("man", "divine")).AssertRefused("predict");

    [Fact]
    public async Task Run_one_command_into_a_folder_is_refused() =>
        (await ProgramRun.Of("man", "predict", "--out", folder["pages"])).AssertRefused("give one of them");

    public void Dispose() => folder.Dispose();

    /// <summary>Walks over the commands as they are declared, and looks for each on its page, below its heading.</summary>
    private static void AssertWhole(
        Func<ManualPage, string> format,
        Func<string, string> heading,
        Func<string, string> option,
        Func<string, string> operand
    )
    {
        RootCommand root = KagomeProgram.CreateCommand();
        Dictionary<string, string> pages = Pages.ToDictionary(page => page.Entry.Name, format);
        AssertHas(pages["kagome"], root, "kagome");
        foreach (Command command in root.Subcommands)
        {
            string page = pages[$"kagome {command.Name}"];
            AssertHas(page, command, $"kagome {command.Name}");
            foreach (Command below in command.Subcommands)
            {
                string name = $"kagome {command.Name} {below.Name}";
                string[] parts = page.Split(heading(name));
                Assert.True(parts.Length == 2, $"{name} has {parts.Length - 1} headings");
                AssertHas(parts[1], below, name);
                Assert.Empty(below.Subcommands);
            }
        }

        void AssertHas(string text, Command command, string name)
        {
            Assert.All(
                command.Options.Where(known => !known.Hidden),
                known =>
                    Assert.True(text.Contains(option(known.Name), StringComparison.Ordinal), $"{name} {known.Name}")
            );
            Assert.All(
                command.Arguments.Where(known => !known.Hidden),
                known =>
                    Assert.True(text.Contains(operand(known.Name), StringComparison.Ordinal), $"{name} {known.Name}")
            );
        }
    }

    private static string Minus(string text) => text.Replace("-", @"\-", StringComparison.Ordinal);
}
