using System.Diagnostics;

namespace Kagome.Browser.Tests;

/// <summary>The program as a user runs it: kagome serve, a process of its own with the models that came along.</summary>
internal sealed class ServedPage : IDisposable
{
    private const string Announcement = "Kagome is at ";

    private readonly Process process;

    private ServedPage(Process process, string address) => (this.process, Address) = (process, address);

    /// <summary>Such as http://127.0.0.1:41234.</summary>
    public string Address { get; }

    /// <summary>Begins a server on a free port and waits until it is there.</summary>
    public static async Task<ServedPage> BeginAsync(string dataFolder, params string[] more)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "Kagome.Cli.dll");
        Process begun = Process.Start(
            new ProcessStartInfo("dotnet", [program, "serve", "--port", "0", "--data", dataFolder, .. more])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        string? line = await begun.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith(Announcement, line, StringComparison.Ordinal);
        return new ServedPage(begun, line![Announcement.Length..]);
    }

    /// <summary>Ends it at once, as a power cut would.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
    }
}
