using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Kagome.Formats;

/// <summary>A JSON document, or a line of JSON lines, that Kagome writes for others: the name of its schema and the version of its fields.</summary>
/// <remarks>
/// docs/schemas/NAME.schema.json describes each. Every document and every line begins with its version: lines are sorted out, joined and cut off, so that
/// a first line would not speak for the others. Fields may be added within a version; it is raised where one goes, is renamed, or means something else.
/// Lines with a checksum have that before it. Crystals in JSON lines, which are read as well as written, and the formats of others (pymatgen, OPTIMADE, ASE) have none.
/// Immutable, and safe to use from several threads.
/// </remarks>
public sealed class DocumentSchema
{
    /// <summary>The field that holds the version, the first of each document.</summary>
    public const string VersionField = "schema_version";

    private static readonly List<DocumentSchema> Known = [];

    private static readonly JsonWriterOptions LineOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonWriterOptions TextOptions = LineOptions with { Indented = true };

    private DocumentSchema(string name, int version, string? list = null)
    {
        (Name, Version, List) = (name, version, list);
        Known.Add(this);
    }

    /// <summary>candidates.json: what was predicted of a formula.</summary>
    public static DocumentSchema Candidates { get; } = new("candidates", 1);

    /// <summary>What was predicted of several formulas.</summary>
    public static DocumentSchema Predictions { get; } = new("predictions", 1, "predictions");

    /// <summary>Verdicts on the crystals of a file.</summary>
    public static DocumentSchema Match { get; } = new("match", 1, "verdicts");

    /// <summary>A line: the verdict on a pair of crystals.</summary>
    public static DocumentSchema MatchPair { get; } = new("match-pair", 1);

    /// <summary>energies.json: energies above hull.</summary>
    public static DocumentSchema Energies { get; } = new("energies", 1);

    /// <summary>relaxation.json: what became of crystals that were relaxed.</summary>
    public static DocumentSchema Relaxation { get; } = new("relaxation", 1);

    /// <summary>Inputs of calculations from first principles that were written.</summary>
    public static DocumentSchema Export { get; } = new("export", 1, "calculations");

    /// <summary>A predicted property, such as a critical temperature.</summary>
    public static DocumentSchema Property { get; } = new("property", 2);

    /// <summary>cross-validation.json: how well a property was learned.</summary>
    public static DocumentSchema CrossValidation { get; } = new("cross-validation", 2);

    /// <summary>What files hold.</summary>
    public static DocumentSchema Info { get; } = new("info", 1, "files");

    /// <summary>summary.json: an evaluation in figures.</summary>
    public static DocumentSchema Evaluation { get; } = new("evaluation", 1);

    /// <summary>Evaluations side by side.</summary>
    public static DocumentSchema EvaluationComparison { get; } = new("evaluation-comparison", 2, "evaluations");

    /// <summary>settings.json: what an evaluation depends on.</summary>
    public static DocumentSchema EvaluationSettings { get; } = new("evaluation-settings", 1);

    /// <summary>A line of results.jsonl: the score of a structure.</summary>
    public static DocumentSchema EvaluationResult { get; } = new("evaluation-result", 1);

    /// <summary>statistics.json: what data sets hold.</summary>
    public static DocumentSchema Statistics { get; } = new("statistics", 1);

    /// <summary>What a filter kept of a data set.</summary>
    public static DocumentSchema Filter { get; } = new("filter", 1);

    /// <summary>How crystals of a data set got energies above hull.</summary>
    public static DocumentSchema Hull { get; } = new("hull", 1);

    /// <summary>What a search for duplicates kept of a data set.</summary>
    public static DocumentSchema Dedupe { get; } = new("dedupe", 1);

    /// <summary>A line: a crystal that was left out because another is the same.</summary>
    public static DocumentSchema Duplicate { get; } = new("duplicate", 1);

    /// <summary>How a data set was split.</summary>
    public static DocumentSchema Split { get; } = new("split", 1);

    /// <summary>What two data sets have in common.</summary>
    public static DocumentSchema Overlap { get; } = new("overlap", 1);

    /// <summary>The models at hand.</summary>
    public static DocumentSchema Models { get; } = new("models", 2, "models");

    /// <summary>A model.</summary>
    public static DocumentSchema Model { get; } = new("model", 2);

    /// <summary>Whether models are what they should be.</summary>
    public static DocumentSchema ModelVerification { get; } = new("model-verification", 1, "models");

    /// <summary>A line: the known structure types that a formula may have.</summary>
    public static DocumentSchema Proposals { get; } = new("proposals", 1);

    /// <summary>What was found out about an installation.</summary>
    public static DocumentSchema Doctor { get; } = new("doctor", 1, "findings");

    /// <summary>campaign.json: the plan of a campaign.</summary>
    public static DocumentSchema Campaign { get; } = new("campaign", 2);

    /// <summary>A campaign that was planned.</summary>
    public static DocumentSchema CampaignPlan { get; } = new("campaign-plan", 1);

    /// <summary>A line of a finished shard of a campaign.</summary>
    public static DocumentSchema CampaignShard { get; } = new("campaign-shard", 1);

    /// <summary>What came of shards that were worked on.</summary>
    public static DocumentSchema CampaignRun { get; } = new("campaign-run", 1, "shards");

    /// <summary>How far a campaign is.</summary>
    public static DocumentSchema CampaignStatus { get; } = new("campaign-status", 1);

    /// <summary>What was submitted to a queue.</summary>
    public static DocumentSchema CampaignSubmission { get; } = new("campaign-submission", 1);

    /// <summary>Shards whose failed formulas were opened again.</summary>
    public static DocumentSchema CampaignRetry { get; } = new("campaign-retry", 1, "shards");

    /// <summary>The results of a campaign in figures.</summary>
    public static DocumentSchema CampaignMerge { get; } = new("campaign-merge", 1);

    /// <summary>The stages of a pretraining.</summary>
    public static DocumentSchema Pretraining { get; } = new("pretraining", 1, "stages");

    /// <summary>report.json: a stage of a pretraining.</summary>
    public static DocumentSchema PretrainingStage { get; } = new("pretraining-stage", 1);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<DocumentSchema> All => Known;

    /// <summary>The name of the schema, such as candidates.</summary>
    public string Name { get; }

    /// <summary>The version of the fields, from 1.</summary>
    public int Version { get; }

    /// <summary>The field that holds the entries, where the content is a list; null where it has fields itself.</summary>
    public string? List { get; }

    /// <summary>A record, or a list of them, as a document.</summary>
    public string Format<T>(T content) => Encoding.UTF8.GetString(Bytes(content, TextOptions));

    /// <summary>A record as a line of JSON lines, without its end.</summary>
    public string Line<T>(T content) => Encoding.UTF8.GetString(LineBytes(content));

    /// <summary>A record as a line of JSON lines, in UTF-8 and without its end.</summary>
    public byte[] LineBytes<T>(T content) => Bytes(content, LineOptions);

    /// <summary>Reads a document that is no list; one without a version is from before there were any.</summary>
    /// <exception cref="JsonException">The text is no such document, or of another version.</exception>
    public T Parse<T>(string text)
    {
        JsonElement document = JsonText.Parse<JsonElement>(text);
        return
            document.ValueKind == JsonValueKind.Object
            && document.TryGetProperty(VersionField, out JsonElement version)
            && !(version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out int number) && number == Version)
            ? throw new JsonException(
                $"Its {VersionField} is {version.GetRawText()}; this program reads version {Version}."
            )
            : JsonText.Parse<T>(text);
    }

    private byte[] Bytes<T>(T content, JsonWriterOptions options)
    {
        JsonElement element = JsonText.Element(content);
        using MemoryStream bytes = new();
        using (Utf8JsonWriter writer = new(bytes, options))
        {
            writer.WriteStartObject();
            writer.WriteNumber(VersionField, Version);
            if (List is { } list)
            {
                writer.WritePropertyName(list);
                element.WriteTo(writer);
            }
            else
            {
                foreach (JsonProperty field in element.EnumerateObject())
                {
                    field.WriteTo(writer);
                }
            }

            writer.WriteEndObject();
        }

        return bytes.ToArray();
    }
}
