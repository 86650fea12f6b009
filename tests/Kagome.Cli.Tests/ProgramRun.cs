using System.CommandLine;

namespace Kagome.Cli.Tests;

/// <summary>What a run of the program came to.</summary>
internal sealed partial record ProgramRun(int ExitCode, string Output, string Error)
{
    /// <summary>Runs a command in this process.</summary>
    public static async Task<ProgramRun> Of(RootCommand root, params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        int exitCode = await KagomeProgram.RunAsync(root, args, output, error);
        return new ProgramRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Checks that the input was refused in one line.</summary>
    public void AssertRefused(string part)
    {
        Assert.Equal(Cli.Views.ExitCode.BadInput, ExitCode);
        Assert.Contains(part, Assert.Single(Lines(Error)), StringComparison.Ordinal);
        Assert.Empty(Output);
    }

    public void AssertSuccess()
    {
        Assert.Equal("", Error);
        Assert.Equal(Cli.Views.ExitCode.Success, ExitCode);
    }

    public static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
