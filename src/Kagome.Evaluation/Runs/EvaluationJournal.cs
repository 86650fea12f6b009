using System.Globalization;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;
using Kagome.Crystals.Structures;
using Kagome.Evaluation.Scoring;
using Kagome.Formats;
using Kagome.Formats.JsonLines;

namespace Kagome.Evaluation;

/// <summary>Seconds that threads spent, summed over threads and over sessions.</summary>
internal sealed record JournalTiming(double Sampling = 0, double Scoring = 0)
{
    public JournalTiming Plus(JournalTiming other) => new(Sampling + other.Sampling, Scoring + other.Scoring);
}

/// <summary>Structures and scores, on disk where there is a folder, unit by unit: a killed evaluation loses only the units in work.</summary>
/// <remarks>
/// results.jsonl has a line for each structure, results.csv the same as a table, structures.jsonl the structures themselves. Lines that a kill
/// cut off, and units of which any line is missing, are dropped when the journal is opened.
/// </remarks>
internal sealed class EvaluationJournal
{
    /// <summary>The label that numbers a crystal's structures.</summary>
    public const string SampleLabel = "sample";

    private static readonly JsonLinesFormat StructureFormat = new();

    private readonly EvaluationFolder? folder;
    private readonly Lock writing = new();
    private readonly List<JournalEntry> entries = [];
    private JournalTiming timing = new();

    private EvaluationJournal(EvaluationFolder? folder) => this.folder = folder;

    /// <summary>Scores in no particular order.</summary>
    public IEnumerable<SampleScore> Scores => entries.Select(entry => entry.Score);

    public JournalTiming Timing => timing;

    /// <summary>Reads what is there of a plan, and sorts out the rest.</summary>
    /// <param name="folder">Null to keep all in memory.</param>
    /// <param name="plan">All units.</param>
    public static EvaluationJournal Open(EvaluationFolder? folder, IReadOnlyList<EvaluationUnit> plan)
    {
        EvaluationJournal journal = new(folder);
        if (folder is null)
        {
            return journal;
        }

        Dictionary<(string, int), string> structures = ReadStructures(folder.Structures);
        Dictionary<(string, int), JournalEntry> found = [];
        foreach (SampleScore score in ReadScores(folder.Results))
        {
            structures.TryGetValue((score.Id, score.Sample), out string? structure);
            if (structure is not null || score.VolumePerAtom is null)
            {
                found[(score.Id, score.Sample)] = new JournalEntry(score, structure);
            }
        }

        foreach (EvaluationUnit unit in plan)
        {
            JournalEntry[] whole =
            [
                .. unit.Samples.Select(sample => found.GetValueOrDefault(Place(sample))).OfType<JournalEntry>(),
            ];
            if (whole.Length == unit.Samples.Count)
            {
                journal.entries.AddRange(whole);
            }
        }

        journal.timing = ReadTiming(folder.Timing);
        journal.WriteAll();
        return journal;
    }

    /// <summary>The units of a plan that are still to be done.</summary>
    public IReadOnlyList<EvaluationUnit> Missing(IReadOnlyList<EvaluationUnit> plan)
    {
        HashSet<(string, int)> done = [.. entries.Select(entry => (entry.Score.Id, entry.Score.Sample))];
        return [.. plan.Where(unit => !done.Contains(Place(unit.Samples[0])))];
    }

    /// <summary>Adds a unit; from any thread.</summary>
    /// <exception cref="IOException">The disk is full; what was written of the unit is dropped when the journal is opened again.</exception>
    public void Append(IReadOnlyList<SampleScore> scores, IReadOnlyList<SampledStructure> crystals, JournalTiming spent)
    {
        JournalEntry[] added =
        [
            .. scores.Select((score, at) => new JournalEntry(score, StructureLine(score, crystals[at].Structure))),
        ];
        lock (writing)
        {
            if (folder is not null)
            {
                File.AppendAllText(folder.Structures, StructureText(added));
                File.AppendAllText(folder.Results, ResultText(added));
                File.AppendAllText(folder.ResultTable, TableText(added, hasHeader: false));
                AtomicFile.Write(folder.Timing, JsonText.Format(timing.Plus(spent)) + "\n");
            }

            entries.AddRange(added);
            timing = timing.Plus(spent);
        }
    }

    /// <summary>Writes all again in the order of a plan: it does not show then which batch was ready first.</summary>
    public void Sort(IEnumerable<ReferenceCrystal> crystals)
    {
        Dictionary<string, int> place = crystals
            .Select((crystal, at) => (crystal.Id, at))
            .ToDictionary(pair => pair.Id, pair => pair.at);
        entries.Sort(
            (first, second) =>
                (place[first.Score.Id], first.Score.Sample).CompareTo((place[second.Score.Id], second.Score.Sample))
        );
        WriteAll();
    }

    /// <summary>The structures as their lines say them, with the id of their reference.</summary>
    public IEnumerable<(string Id, Structure Structure)> ReadStructures()
    {
        foreach (JournalEntry entry in entries.Where(entry => entry.Structure is not null))
        {
            using StringReader line = new(entry.Structure!);
            if (StructureFormat.Read(line, "structures.jsonl").Single().Record is { } record)
            {
                yield return (record.Id, record.Structure);
            }
        }
    }

    /// <summary>The scores of a file of results; lines that a kill cut off are passed over.</summary>
    public static IEnumerable<SampleScore> ReadScores(string path) =>
        Lines(path).Select(TryParse<SampleScore>).OfType<SampleScore>();

    private static (string, int) Place(EvaluationSample sample) => (sample.Reference.Id, sample.Number);

    private void WriteAll()
    {
        if (folder is not null)
        {
            AtomicFile.Write(folder.Structures, StructureText(entries));
            AtomicFile.Write(folder.Results, ResultText(entries));
            AtomicFile.Write(folder.ResultTable, TableText(entries, hasHeader: true));
        }
    }

    private static string StructureText(IEnumerable<JournalEntry> entries) =>
        string.Concat(entries.Select(entry => entry.Structure is { } line ? line + "\n" : ""));

    private static string ResultText(IEnumerable<JournalEntry> entries) =>
        string.Concat(entries.Select(entry => DocumentSchema.EvaluationResult.Line(entry.Score) + "\n"));

    private static string TableText(IReadOnlyList<JournalEntry> entries, bool hasHeader)
    {
        using StringWriter text = new(CultureInfo.InvariantCulture);
        using CsvWriter csv = new(text, new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = "\n" });
        if (hasHeader && entries.Count > 0)
        {
            WriteRow(csv, JsonText.Element(entries[0].Score).EnumerateObject().Select(field => field.Name));
        }

        foreach (JournalEntry entry in entries)
        {
            WriteRow(csv, JsonText.Element(entry.Score).EnumerateObject().Select(field => Cell(field.Value)));
        }

        csv.Flush();
        return text.ToString();
    }

    /// <summary>As JSON says it: .NET writes True.</summary>
    private static string Cell(JsonElement value) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetRawText() : value.ToString();

    private static void WriteRow(CsvWriter csv, IEnumerable<string> fields)
    {
        foreach (string field in fields)
        {
            csv.WriteField(field);
        }

        csv.NextRecord();
    }

    private static string? StructureLine(SampleScore score, Structure? structure)
    {
        if (structure is null)
        {
            return null;
        }

        CrystalRecord record = new(score.Id, structure);
        using StringWriter line = new(CultureInfo.InvariantCulture);
        StructureFormat.Write(line, [record with { Labels = record.Labels.Add(SampleLabel, score.Sample) }]);
        return line.ToString().TrimEnd('\n');
    }

    private static Dictionary<(string, int), string> ReadStructures(string path)
    {
        Dictionary<(string, int), string> lines = [];
        foreach (string line in Lines(path))
        {
            if (TryParse<StructureName>(line) is { } name)
            {
                lines[(name.Id, name.Sample)] = line;
            }
        }

        return lines;
    }

    private static JournalTiming ReadTiming(string path) =>
        File.Exists(path) ? TryParse<JournalTiming>(File.ReadAllText(path)) ?? new() : new();

    private static IEnumerable<string> Lines(string path) => File.Exists(path) ? File.ReadLines(path) : [];

    /// <summary>Null where a kill cut the text off.</summary>
    private static T? TryParse<T>(string text)
        where T : class
    {
        try
        {
            return JsonText.Parse<T>(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A score, and the line of its structure where there is one.</summary>
    private sealed record JournalEntry(SampleScore Score, string? Structure);

    /// <summary>What tells a line of structures.jsonl apart.</summary>
    private sealed record StructureName
    {
        public required string Id { get; init; }

        public required int Sample { get; init; }
    }
}
