using System.Text.Json;
using Kagome.Cli.Output;
using Kagome.Evaluation.Metrics;
using Kagome.Reports.Plots;

namespace Kagome.Cli.Evaluation;

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

    public string PathOf(string name) => Path.Combine(Root, name);

    /// <summary>Makes the folder for an evaluation, or finds the one that is to go on.</summary>
    /// <exception cref="BadInputException">It holds something else, or an evaluation with other settings.</exception>
    public void Prepare(EvaluationOrigin origin, bool resume)
    {
        string settings = PathOf(SettingsName);
        if (File.Exists(settings))
        {
            Compare(settings, origin, resume);
            return;
        }

        if (File.Exists(Root) || (Directory.Exists(Root) && Directory.EnumerateFileSystemEntries(Root).Any()))
        {
            throw new BadInputException(
                $"{Root} holds other files and no evaluation; choose another folder with --out."
            );
        }

        Directory.CreateDirectory(Root);
        Write(SettingsName, JsonText.Format(origin) + "\n");
    }

    /// <summary>Writes a file that is whole or not there.</summary>
    public void Write(string name, string text) => Write(name, path => File.WriteAllText(path, text));

    /// <summary>The same for what writes its file itself.</summary>
    public void Write(string name, Action<string> write)
    {
        string temporary = PathOf($".{Guid.NewGuid():N}.{name}"); // the ending stays: it may tell a format
        write(temporary);
        File.Move(temporary, PathOf(name), overwrite: true);
    }

    public void Write(Figure figure)
    {
        Write(figure.PngName, path => File.WriteAllBytes(path, figure.Png()));
        Write(figure.SvgName, figure.Svg());
    }

    public void WriteSummary(EvaluationSummary summary) => Write(SummaryName, JsonText.Format(summary) + "\n");

    /// <exception cref="BadInputException">There is no finished evaluation.</exception>
    public EvaluationSummary ReadSummary()
    {
        string path = PathOf(SummaryName);
        if (!File.Exists(path))
        {
            throw new BadInputException(
                $"{Root} holds no finished evaluation ({SummaryName} is missing); finish it with kagome evaluate … --resume."
            );
        }

        try
        {
            return JsonText.Parse<EvaluationSummary>(File.ReadAllText(path));
        }
        catch (JsonException exception)
        {
            throw new BadInputException($"{path} is no summary of an evaluation: {exception.Message}", exception);
        }
    }

    private void Compare(string path, EvaluationOrigin origin, bool resume)
    {
        if (!resume)
        {
            throw new BadInputException(
                $"{Root} holds an evaluation already. Go on with --resume, or choose another folder with --out."
            );
        }

        JsonElement now = JsonText.Element(origin);
        JsonElement then = ReadSettings(path);
        foreach (JsonProperty property in now.EnumerateObject())
        {
            if (
                !then.TryGetProperty(property.Name, out JsonElement former)
                || !JsonElement.DeepEquals(property.Value, former)
            )
            {
                throw new BadInputException(
                    $"--resume: {property.Name} is {Plain(property.Value)}, and {Root} was made with {Plain(former)}. Use the settings of before, or another folder with --out."
                );
            }
        }
    }

    private static string Plain(JsonElement value) =>
        value.ValueKind == JsonValueKind.Undefined ? "none" : JsonSerializer.Serialize(value);

    private static JsonElement ReadSettings(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            throw new BadInputException(
                $"{path} is damaged: {exception.Message} Choose another folder with --out.",
                exception
            );
        }
    }
}
