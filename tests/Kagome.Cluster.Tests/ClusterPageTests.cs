using Kagome.Formats;
using Kagome.Testing;

namespace Kagome.Cluster.Tests;

/// <summary>The commands of docs/cluster.md, on a real Slurm.</summary>
public sealed class ClusterPageTests(SlurmMachine machine)
{
    private const string Program = "kagome ";

    /// <summary>The first block of commands of the page, without remarks; the tool is installed from its package by eng/installed.sh.</summary>
    private static string[] Commands =>
        [
            .. File.ReadLines(Path.Combine(Repository.Root, "docs", "cluster.md"))
                .SkipWhile(line => line != "```sh")
                .Skip(1)
                .TakeWhile(line => line != "```")
                .Select(line => line.Split(" #")[0].TrimEnd()),
        ];

    [Fact]
    public async Task Commands_of_the_page_lead_from_formulas_to_results()
    {
        IReadOnlyDictionary<string, string> slurm = await machine.VariablesAsync();
        using TemporaryFolder folder = new();
        await File.WriteAllLinesAsync(
            folder["formulas.txt"],
            ["NaCl", "MgO", "ZnS"],
            TestContext.Current.CancellationToken
        );
        string[] commands = [.. Commands.Where(command => command.StartsWith(Program, StringComparison.Ordinal))];
        Assert.Equal(["new", "submit", "status", "merge"], commands.Select(command => command.Split(' ')[2]));
        Assert.Equal(6, Commands.Length);

        foreach (string command in commands)
        {
            string[] words = command[Program.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            (await Command.RunAsync(folder.Location, slurm, "dotnet", [Command.KagomePath, .. words])).AssertSuccess();
        }

        Assert.Equal("PAR1"u8, File.ReadAllBytes(folder["results.parquet"])[..4]);
        (
            await Command.KagomeAsync(folder.Location, "campaign", "merge", "screening", "--out", "results.jsonl")
        ).AssertSuccess();
        Assert.Contains(
            DataSet.Read(folder["results.jsonl"]).RecordsOrThrow(),
            crystal => crystal.Structure.Composition.Reduced.Formula == "NaCl"
        );
    }
}
