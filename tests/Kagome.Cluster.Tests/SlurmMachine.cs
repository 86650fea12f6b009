using Kagome.Cluster.Tests;
using Kagome.Testing;

[assembly: AssemblyFixture(typeof(SlurmMachine))]

namespace Kagome.Cluster.Tests;

/// <summary>A real Slurm of two nodes on this machine, as eng/slurm.sh starts it; started when it is first asked for.</summary>
public sealed class SlurmMachine : IAsyncDisposable
{
    private const string Port = "27917"; // beside one that a developer may have started
    private readonly TemporaryFolder folder = new();
    private readonly Lazy<Task<Dictionary<string, string>>> started;

    public SlurmMachine() => started = new(StartAsync);

    private static string Script => Path.Combine(Repository.Root, "eng", "slurm.sh");

    /// <summary>What sbatch and squeue find it by.</summary>
    /// <remarks>Skips the test where Slurm is not installed, or may not be started.</remarks>
    internal async Task<IReadOnlyDictionary<string, string>> VariablesAsync()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Environment.UserName == "root",
            "Slurm is started by root alone."
        );
        Assert.SkipUnless(
            File.Exists("/usr/sbin/slurmctld") && File.Exists("/usr/sbin/munged"),
            "There is no slurmctld and munged; on Debian: apt-get install slurm-wlm munge."
        );
        return await started.Value;
    }

    public async ValueTask DisposeAsync()
    {
        if (started.IsValueCreated)
        {
            await Command.RunAsync(folder.Location, Own, "bash", Script, "down", folder.Location);
        }

        await Task.Delay(TimeSpan.FromSeconds(1)); // it writes its state when it ends
        folder.Dispose();
    }

    private static Dictionary<string, string> Own => new(StringComparer.Ordinal) { ["KAGOME_SLURM_PORT"] = Port };

    private async Task<Dictionary<string, string>> StartAsync()
    {
        Command up = await Command.RunAsync(folder.Location, Own, "bash", Script, "up", folder.Location, "2");
        string variable = up.AssertSuccess().Trim();
        return new(StringComparer.Ordinal)
        {
            ["SLURM_CONF"] = variable[(variable.IndexOf('=', StringComparison.Ordinal) + 1)..],
        };
    }
}
