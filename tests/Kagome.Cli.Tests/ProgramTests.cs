namespace Kagome.Cli.Tests;

public sealed class ProgramTests
{
    [Fact]
    public async Task Run_unknown_command_is_bad_input()
    {
        ProgramRun run = await ProgramRun.Of("divine");
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains("divine", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    /// <summary>It must not be taken for a file that cannot be read, and the rest done without it.</summary>
    [Theory]
    [InlineData("energy", "--predictor")]
    [InlineData("predict", "--sample")]
    [InlineData("convert", "--to-format")]
    [InlineData("models", "--all", "verify")]
    public async Task Run_unknown_option_is_bad_input(string command, string option, string? subcommand = null)
    {
        using TemporaryFolder folder = new();
        string[] words = subcommand is null ? [command] : [command, subcommand];
        ProgramRun run = await ProgramRun.Of([.. words, option, folder["x.cif"]]);
        Assert.Equal(ExitCode.BadInput, run.ExitCode);
        Assert.Contains($"'{option}'", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("info")]
    [InlineData("convert")]
    [InlineData("models")]
    [InlineData("models", "list")]
    [InlineData("models", "info")]
    [InlineData("models", "verify")]
    [InlineData("models", "import")]
    [InlineData("doctor")]
    [InlineData("evaluate")]
    [InlineData("completions")]
    [InlineData("campaign", "submit")]
    public async Task Run_help_shows_an_example(params string[] command)
    {
        ProgramRun run = await ProgramRun.Of([.. command, "--help"]);
        run.AssertSuccess();
        Assert.Contains($"  kagome {string.Join(' ', command)}", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_help_calls_the_program_as_users_do()
    {
        ProgramRun run = await ProgramRun.Of("predict", "--help");
        Assert.Contains("Usage:\n  kagome predict ", run.Output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_help_names_every_command()
    {
        ProgramRun run = await ProgramRun.Of("--help");
        run.AssertSuccess();
        Assert.All(
            ["predict", "train", "info", "convert", "models", "doctor"],
            name => Assert.Contains($"  {name}", run.Output, StringComparison.Ordinal)
        );
    }
}
