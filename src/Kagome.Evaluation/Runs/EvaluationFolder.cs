using System.Text.Json;
using Kagome.Formats;

namespace Kagome.Evaluation;

/// <summary>The folder of an evaluation: which it is, and what lies where.</summary>
internal sealed class EvaluationFolder(string root)
{
    private const string SettingsName = "settings.json";
    private const string SummaryName = "summary.json";

    public string Root { get; } = root;

    public string Results => PathOf("results.jsonl");

    public string ResultTable => PathOf("results.csv");

    public string Structures => PathOf("structures.jsonl");

    public string Timing => PathOf("timing.json");

    /// <summary>Makes the folder for an evaluation, or finds the one that is to go on.</summary>
    /// <exception cref="InputException">It holds something else, or an evaluation with other settings.</exception>
    public void Prepare(EvaluationOrigin origin, bool resume)
    {
        string settings = PathOf(SettingsName);
        if (File.Exists(settings))
        {
            Compare(settings, origin, resume);
            return;
        }

        if (Directory.Exists(Root) && Directory.EnumerateFileSystemEntries(Root).Any())
        {
            throw Refusal($"{Root} holds other files and no evaluation; choose another folder with OutputFolder.");
        }

        Directory.CreateDirectory(Root);
        AtomicFile.Write(settings, DocumentSchema.EvaluationSettings.Format(origin) + "\n");
    }

    public void WriteSummary(EvaluationSummary summary) =>
        AtomicFile.Write(PathOf(SummaryName), DocumentSchema.Evaluation.Format(summary) + "\n");

    /// <exception cref="InputException">There is no finished evaluation.</exception>
    public EvaluationSummary ReadSummary()
    {
        string path = PathOf(SummaryName);
        if (!File.Exists(path))
        {
            throw Refusal(
                $"{Root} holds no finished evaluation ({SummaryName} is missing); finish it with kagome evaluate … Resume."
            );
        }

        try
        {
            return DocumentSchema.Evaluation.Parse<EvaluationSummary>(File.ReadAllText(path));
        }
        catch (JsonException exception)
        {
            throw new InputException($"{path} is no summary of an evaluation: {exception.Message}", exception);
        }
    }

    private string PathOf(string name) => Path.Combine(Root, name);

    private void Compare(string path, EvaluationOrigin origin, bool resume)
    {
        if (!resume)
        {
            throw Refusal(
                $"{Root} holds an evaluation already. Go on with Resume, or choose another folder with OutputFolder."
            );
        }

        JsonElement now = JsonText.Element(origin);
        JsonElement then = ReadSettings(path);
        if (PlanVersion(then) != origin.PlanVersion)
        {
            throw Refusal(
                $"Resume: {Root} was begun by another version of Kagome, which put structures together in other batches (plan {PlanVersion(then)}; this is plan {origin.PlanVersion}), so that the rest would round differently. Finish it with that version, or begin again in another folder with OutputFolder."
            );
        }

        foreach (JsonProperty property in now.EnumerateObject())
        {
            if (
                !then.TryGetProperty(property.Name, out JsonElement former)
                || !JsonElement.DeepEquals(property.Value, former)
            )
            {
                throw Refusal(
                    $"Resume: {property.Name} is {Plain(property.Value)}, and {Root} was made with {Plain(former)}. Use the settings of before, or another folder with OutputFolder."
                );
            }
        }
    }

    /// <summary>1 where the settings name none, as before there was a second one.</summary>
    private static int PlanVersion(JsonElement settings) =>
        settings.TryGetProperty("plan_version", out JsonElement version) && version.TryGetInt32(out int number)
            ? number
            : 1;

    private static string Plain(JsonElement value) =>
        value.ValueKind == JsonValueKind.Undefined ? "none" : JsonSerializer.Serialize(value);

    private static JsonElement ReadSettings(string path)
    {
        try
        {
            JsonElement settings = JsonText.Parse<JsonElement>(File.ReadAllText(path));
            return settings.ValueKind == JsonValueKind.Object ? settings : throw new JsonException("It is no object.");
        }
        catch (JsonException exception)
        {
            throw Refusal($"{path} is damaged: {exception.Message} Choose another folder with OutputFolder.");
        }
    }

    private static InputException Refusal(string message) =>
        new(message, value: null, nameof(EvaluationOptions.Resume), nameof(EvaluationOptions.OutputFolder));
}
