using System.Diagnostics;

namespace Kagome.Cluster.Tests;

/// <summary>What a program printed, and how it ended.</summary>
internal sealed record Command(int ExitCode, string Output, string Error)
{
    /// <summary>The program of this checkout.</summary>
    public static string KagomePath { get; } = Path.Combine(AppContext.BaseDirectory, "Kagome.Cli.dll");

    public static Task<Command> KagomeAsync(string folder, params IEnumerable<string> arguments) =>
        RunAsync(folder, new Dictionary<string, string>(), "dotnet", [KagomePath, .. arguments]);

    /// <param name="folder">The working directory.</param>
    /// <param name="variables">Of the environment, beside those of the test.</param>
    /// <param name="program">On the PATH.</param>
    /// <param name="arguments">One by one.</param>
    public static async Task<Command> RunAsync(
        string folder,
        IReadOnlyDictionary<string, string> variables,
        string program,
        params IEnumerable<string> arguments
    )
    {
        ProcessStartInfo start = new(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellation);
        Task<string> error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return new Command(process.ExitCode, await output, await error);
    }

    public string AssertSuccess()
    {
        Assert.True(ExitCode == 0, $"ended with {ExitCode}:\n{Error}\n{Output}");
        return Output;
    }
}
