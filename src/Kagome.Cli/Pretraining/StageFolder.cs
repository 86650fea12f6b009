using System.Text.Json;
using Kagome.Cli.Output;

namespace Kagome.Cli.Pretraining;

/// <summary>Where a stage lies: what it began from, and its report when it is done.</summary>
internal sealed class StageFolder(string root, string name)
{
    private const string InputsName = "inputs.json";
    private const string ReportName = "report.json";

    public string Location { get; } = Path.Combine(root, name);

    /// <summary>The report of a stage that was done from the same inputs and whose files are all there; null otherwise.</summary>
    public StageReport? Finished(SortedDictionary<string, string> inputs) =>
        Read<StageReport>(ReportName) is { } report
        && Difference(report.Inputs, inputs) is null
        && report.Outputs.Keys.All(output => File.Exists(Path.Combine(Location, output)))
            ? report
            : null;

    /// <summary>Makes the folder ready: what was begun from the same inputs stays, anything else is moved aside.</summary>
    /// <returns>What has changed; null where nothing has.</returns>
    public string? Begin(SortedDictionary<string, string> inputs)
    {
        string? difference = null;
        if (Directory.Exists(Location))
        {
            difference = Read<SortedDictionary<string, string>>(InputsName) is { } before
                ? Difference(before, inputs)
                : $"{InputsName} is missing";
            if (difference is not null)
            {
                Directory.Move(Location, FreeName());
            }
        }

        Directory.CreateDirectory(Location);
        File.Delete(Path.Combine(Location, ReportName));
        OutputFile.Write(Path.Combine(Location, InputsName), JsonText.Format(inputs) + "\n");
        return difference;
    }

    public void Finish(StageReport report) =>
        OutputFile.Write(Path.Combine(Location, ReportName), JsonText.Format(report) + "\n");

    private string FreeName() =>
        Enumerable
            .Range(1, int.MaxValue)
            .Select(number => $"{Location}.old-{number}")
            .First(path => !Path.Exists(path));

    /// <summary>A damaged file is as good as none: the stage is done again.</summary>
    private T? Read<T>(string file)
        where T : class
    {
        string path = Path.Combine(Location, file);
        try
        {
            return File.Exists(path) ? JsonText.Parse<T>(File.ReadAllText(path)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The first input that differs, with the first line of it that does.</summary>
    private static string? Difference(SortedDictionary<string, string> before, SortedDictionary<string, string> now)
    {
        string? key = before
            .Keys.Union(now.Keys)
            .FirstOrDefault(key => before.GetValueOrDefault(key) != now.GetValueOrDefault(key));
        if (key is null)
        {
            return null;
        }

        string[] old = (before.GetValueOrDefault(key) ?? "none").Split('\n');
        string[] young = (now.GetValueOrDefault(key) ?? "none").Split('\n');
        int line = Enumerable.Range(0, Math.Min(old.Length, young.Length)).FirstOrDefault(at => old[at] != young[at]);
        return $"{key}: '{old[line].Trim()}' then, '{young[line].Trim()}' now";
    }
}
