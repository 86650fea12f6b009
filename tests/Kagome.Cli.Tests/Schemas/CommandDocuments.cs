using Kagome.Formats;

namespace Kagome.Cli.Tests.Schemas;

/// <summary>Which document a command prints with --json.</summary>
internal static class CommandDocuments
{
    private static readonly Dictionary<string, DocumentSchema> Commands = new(StringComparer.Ordinal)
    {
        ["predict"] = DocumentSchema.Predictions,
        ["match"] = DocumentSchema.Match,
        ["match --pairs"] = DocumentSchema.MatchPair,
        ["energy"] = DocumentSchema.Energies,
        ["relax"] = DocumentSchema.Relaxation,
        ["export"] = DocumentSchema.Export,
        ["property"] = DocumentSchema.Property,
        ["tc"] = DocumentSchema.Property,
        ["info"] = DocumentSchema.Info,
        ["evaluate"] = DocumentSchema.Evaluation,
        ["evaluate --compare"] = DocumentSchema.EvaluationComparison,
        ["data stats"] = DocumentSchema.Statistics,
        ["data filter"] = DocumentSchema.Filter,
        ["data hull"] = DocumentSchema.Hull,
        ["data dedupe"] = DocumentSchema.Dedupe,
        ["data split"] = DocumentSchema.Split,
        ["data overlap"] = DocumentSchema.Overlap,
        ["models list"] = DocumentSchema.Models,
        ["models info"] = DocumentSchema.Model,
        ["models verify"] = DocumentSchema.ModelVerification,
        ["prototypes find"] = DocumentSchema.Proposals,
        ["doctor"] = DocumentSchema.Doctor,
        ["campaign new"] = DocumentSchema.CampaignPlan,
        ["campaign run"] = DocumentSchema.CampaignRun,
        ["campaign status"] = DocumentSchema.CampaignStatus,
        ["campaign submit"] = DocumentSchema.CampaignSubmission,
        ["campaign retry"] = DocumentSchema.CampaignRetry,
        ["campaign merge"] = DocumentSchema.CampaignMerge,
        ["pretrain"] = DocumentSchema.Pretraining,
    };

    private static readonly DocumentSchema[] Lines = [DocumentSchema.MatchPair, DocumentSchema.Proposals];

    /// <summary>Whether a command's document is known.</summary>
    public static bool Has(string command) => Commands.ContainsKey(command);

    /// <summary>Whether a document is what a command prints.</summary>
    public static bool IsPrinted(DocumentSchema document) => Commands.ContainsValue(document);

    /// <summary>Checks what a run of the program printed, where it printed JSON.</summary>
    public static void Check(string[] args, ProgramRun run)
    {
        if (!args.Contains("--json") || run.Output.Length == 0)
        {
            return;
        }

        string? command = new[] { string.Join(' ', args.Take(2)), args[0] }.FirstOrDefault(Has);
        string? special = args.Select(arg => $"{command} {arg}").FirstOrDefault(Has);
        if (command is null)
        {
            return; // of another program, such as the benchmarks
        }

        DocumentSchema document = Commands[special ?? command];
        if (Lines.Contains(document))
        {
            PublishedSchemas.AssertValidLines(document, run.Output);
        }
        else
        {
            PublishedSchemas.AssertValid(document, run.Output);
        }
    }
}
