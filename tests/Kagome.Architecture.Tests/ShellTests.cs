using System.Text.RegularExpressions;

namespace Kagome.Architecture.Tests;

/// <summary>Libraries do not know that there is a command line.</summary>
public sealed partial class ShellTests
{
    private const string Program = "src/Kagome.Cli/";

    private static IEnumerable<(string Path, string Code)> Libraries =>
        SourceFiles
            .Under("src")
            .Select(path => (SourceFiles.Relative(path), Comments().Replace(File.ReadAllText(path), "")))
            .Where(file => !file.Item1.StartsWith(Program, StringComparison.Ordinal));

    [Fact]
    public void Libraries_leave_console_and_process_alone() =>
        Assert.Empty(
            Libraries.SelectMany(file => ProcessUse().Matches(file.Code).Select(use => $"{file.Path}: {use.Value}"))
        );

    [Fact]
    public void Libraries_read_no_environment_variables() =>
        Assert.Empty(
            Libraries
                .Where(file => file.Code.Contains("GetEnvironmentVariable", StringComparison.Ordinal))
                .Select(file => file.Path)
        );

    /// <summary>But for what writes scripts: that is command lines.</summary>
    [Fact]
    public void Libraries_name_no_options_of_the_command_line() =>
        Assert.Empty(
            Libraries
                .Where(file => !file.Path.StartsWith("src/Kagome.Campaigns/Slurm/", StringComparison.Ordinal))
                .SelectMany(file => Option().Matches(file.Code).Select(use => $"{file.Path}: {use.Value}"))
        );

    /// <summary>Whole lines only: // may stand in strings.</summary>
    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Comments();

    [GeneratedRegex(
        @"\bConsole\.\w+|\bEnvironment\.(Exit|ExitCode|FailFast)\b",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex ProcessUse();

    [GeneratedRegex(@"""[^""\n]*--[A-Za-z][^""\n]*""", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Option();
}
