using System.Text.Json;
using Kagome.Formats;
using Kagome.Training.Distributed;

namespace Kagome.Training;

/// <summary>A part of the pretraining that is done once, and again only where something that it is made from has changed.</summary>
internal interface IStage
{
    /// <summary>Its folder's name.</summary>
    string Name { get; }

    /// <summary>Settings and contents (as checksums) of all that the result depends on; asked for when the stages before are done.</summary>
    SortedDictionary<string, string> Inputs();

    /// <summary>Does the work, or goes on with it where the folder holds a part.</summary>
    /// <param name="folder">Exists; holds nothing but what an interrupted run of the same inputs left.</param>
    /// <param name="progress">Hears of all that happens.</param>
    /// <param name="cancellation">Stops with a state to go on from.</param>
    /// <returns>What it made; of several processes, what the first returns counts.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    Task<StageResult> RunAsync(string folder, IProgress<TrainingEvent>? progress, CancellationToken cancellation);
}

/// <summary>What a stage made.</summary>
/// <param name="Outputs">Files by name, with their checksums.</param>
/// <param name="Figures">What there is to know of it, by name.</param>
internal sealed record StageResult(SortedDictionary<string, string> Outputs, SortedDictionary<string, double> Figures)
{
    /// <summary>Of a process other than the first.</summary>
    public static StageResult OfOther { get; } = new([], []);
}

/// <summary>Where a stage lies: what it began from, and its report when it is done.</summary>
/// <remarks>Of several processes the first decides what is to be done, and writes; all do the stage, and hear its report.</remarks>
internal sealed class StageFolder(string root, string name, IProcessGroup group)
{
    private const string InputsName = "inputs.json";
    private const string ReportName = "report.json";

    private readonly string location = Path.Combine(root, name);

    /// <summary>Does a stage, unless it was done from the same inputs before.</summary>
    /// <exception cref="StoppedTogetherException">It was stopped, in any process; thrown by all.</exception>
    public async Task<StageReport> CompleteAsync(
        IStage stage,
        IProgress<TrainingEvent>? progress,
        CancellationToken cancellation
    )
    {
        SortedDictionary<string, string> inputs = group.IsFirst() ? stage.Inputs() : [];
        StageReport? done = group.IsFirst() ? Finished(inputs) : null;
        if (group.FromFirst(done is null ? 0 : 1) == 1)
        {
            progress?.Report(new StageSkipped(stage.Name));
            return Told(done);
        }

        string? change = group.IsFirst() ? Begin(inputs) : null;
        group.Barrier(); // the folder is there
        progress?.Report(new StageStarted(stage.Name, location, change));
        long start = TimeProvider.System.GetTimestamp();
        StageResult result = await group
            .TogetherAsync(() => stage.RunAsync(location, progress, cancellation), cancellation)
            .ConfigureAwait(false);
        if (group.IsFirst())
        {
            double seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
            done = new StageReport(stage.Name, inputs, result.Outputs, result.Figures, seconds);
            Write(ReportName, DocumentSchema.PretrainingStage.Format(done));
        }

        return Told(done);
    }

    /// <summary>The first process's report, in all.</summary>
    private StageReport Told(StageReport? report)
    {
        string text = group.FromFirst(report is null ? "" : JsonText.Format(report));
        return report ?? JsonText.Parse<StageReport>(text);
    }

    /// <summary>The report of a stage that was done from the same inputs and whose files are all there; null otherwise.</summary>
    private StageReport? Finished(SortedDictionary<string, string> inputs) =>
        Read(ReportName, DocumentSchema.PretrainingStage.Parse<StageReport>) is { } report
        && Difference(report.Inputs, inputs) is null
        && report.Outputs.Keys.All(output => File.Exists(Path.Combine(location, output)))
            ? report
            : null;

    /// <summary>Makes the folder ready: what was begun from the same inputs stays, anything else is moved aside.</summary>
    /// <returns>What has changed; null where nothing has.</returns>
    private string? Begin(SortedDictionary<string, string> inputs)
    {
        string? difference = null;
        if (Directory.Exists(location))
        {
            difference = Read(InputsName, JsonText.Parse<SortedDictionary<string, string>>) is { } before
                ? Difference(before, inputs)
                : $"{InputsName} is missing";
            if (difference is not null)
            {
                Directory.Move(location, FreeName());
            }
        }

        Directory.CreateDirectory(location);
        File.Delete(Path.Combine(location, ReportName));
        Write(InputsName, JsonText.Format(inputs));
        return difference;
    }

    private void Write(string file, string text) => AtomicFile.Write(Path.Combine(location, file), text + "\n");

    private string FreeName() =>
        Enumerable
            .Range(1, int.MaxValue)
            .Select(number => $"{location}.old-{number}")
            .First(path => !Path.Exists(path));

    /// <summary>A damaged file is as good as none: the stage is done again.</summary>
    private T? Read<T>(string file, Func<string, T> parse)
        where T : class
    {
        string path = Path.Combine(location, file);
        try
        {
            return File.Exists(path) ? parse(File.ReadAllText(path)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The first input that differs, with the first line of it that does.</summary>
    private static string? Difference(
        IReadOnlyDictionary<string, string> before,
        IReadOnlyDictionary<string, string> now
    )
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

/// <summary>Reports the work on a stage's crystals as events.</summary>
internal sealed class StageWork(IProgress<TrainingEvent>? progress) : IProgress<WorkProgress>
{
    public void Report(WorkProgress value) => progress?.Report(new StageProgressed(value));
}
