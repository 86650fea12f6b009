using System.Text.Json.Nodes;
using Json.Schema;
using Kagome.Formats;
using Kagome.Testing;

namespace Kagome.Cli.Tests.Schemas;

/// <summary>Checks documents against the schemas in docs/schemas, with a program that knows nothing of Kagome.</summary>
internal static class PublishedSchemas
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "docs", "schemas");

    private static readonly Lazy<Dictionary<string, JsonSchema>> Schemas = new(() =>
    {
        Dictionary<string, JsonSchema> schemas = Directory
            .EnumerateFiles(Folder, $"*{SchemaText.End}")
            .ToDictionary(path => Path.GetFileName(path), path => JsonSchema.FromText(File.ReadAllText(path)));
        foreach ((string name, JsonSchema schema) in schemas)
        {
            SchemaRegistry.Global.Register(new Uri(SchemaText.Root + name), schema);
        }

        return schemas;
    });

    /// <summary>What is wrong with a document; empty where nothing is.</summary>
    public static IReadOnlyList<string> Problems(DocumentSchema document, string text)
    {
        EvaluationResults results = Schemas
            .Value[document.Name + SchemaText.End]
            .Evaluate(JsonNode.Parse(text), new EvaluationOptions { OutputFormat = OutputFormat.List });
        return results.IsValid
            ? []
            :
            [
                .. results
                    .Details.Where(detail => detail.HasErrors)
                    .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}")),
                "it is not valid",
            ];
    }

    /// <summary>Checks a document.</summary>
    public static void AssertValid(DocumentSchema document, string text)
    {
        IReadOnlyList<string> problems = Problems(document, text);
        Assert.True(problems.Count == 0, $"{document.Name}: {string.Join("\n", problems.Take(10))}\n{text}");
    }

    /// <summary>Checks the document that a file holds.</summary>
    public static void AssertValidFile(DocumentSchema document, string path) =>
        AssertValid(document, File.ReadAllText(path));

    /// <summary>Checks each line of JSON lines.</summary>
    public static void AssertValidLines(DocumentSchema document, string text) =>
        Assert.All(ProgramRun.Lines(text), line => AssertValid(document, line));
}
