using System.Diagnostics;

namespace Kagome.Cli.Tests;

public sealed class CompletionsTests
{
    private static readonly string[] LineBreaks = ["\r\n", "\n"];

    [Theory]
    [InlineData("pred", "predict")]
    [InlineData("campaign st", "status")]
    [InlineData("predict --form", "--format")]
    [InlineData("train generator --device ", "cuda")]
    public async Task Suggest_begun_line_gives_what_may_come(string line, string expected)
    {
        ProgramRun run = await ProgramRun.Of($"[suggest:{line.Length}]", line);

        run.AssertSuccess();
        Assert.Contains(expected, run.Output.Split(LineBreaks, StringSplitOptions.None));
    }

    /// <summary>As bash does it when the tab key is pressed.</summary>
    [Theory]
    [InlineData("kagome pred", "predict")]
    [InlineData("kagome predict --space", "--space-group")]
    [InlineData("kagome campaign mer", "merge")]
    public async Task Script_of_bash_completes_the_word(string line, string expected)
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "There is no bash.");
        ProgramRun script = await ProgramRun.Of("completions", "bash");
        string[] words = line.Split(' ');
        string program = Path.Combine(AppContext.BaseDirectory, "Kagome.Cli.dll");
        using Process bash = Process.Start(
            new ProcessStartInfo(
                "/bin/bash",
                [
                    "-c",
                    $$"""
                    {{script.Output}}
                    kagome() { dotnet '{{program}}' "$@"; }
                    COMP_LINE='{{line}}' COMP_POINT={{line.Length}} COMP_WORDS=({{line}}) COMP_CWORD={{words.Length
                        - 1}}
                    _kagome
                    printf '%s\n' "${COMPREPLY[@]}"
                    """,
                ]
            )
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
            }
        )!;
        string completed = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Equal(expected, completed.Trim());
    }

    [Fact]
    public async Task Run_shell_that_is_not_known_is_refused() =>
        Assert.Equal(ExitCode.BadInput, (await ProgramRun.Of("completions", "tcsh")).ExitCode);
}
