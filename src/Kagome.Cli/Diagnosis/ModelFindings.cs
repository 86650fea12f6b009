using Kagome.Cli.Models;

namespace Kagome.Cli.Diagnosis;

/// <summary>Whether the models that come with the program are there and intact.</summary>
internal static class ModelFindings
{
    public static IReadOnlyList<Finding> Collect()
    {
        try
        {
            Finding[] models = [.. ModelVerification.OfShipped().Select(Describe)];
            return models.Length > 0 ? models : [None()];
        }
        catch (BadInputException exception)
        {
            return [Damaged(ModelChecksums.FileName, exception.Message)];
        }
    }

    private static Finding Describe(ModelVerification model) =>
        model.Problem is { } problem ? Damaged(model.Name, problem) : new Finding("model", $"{model.Name}: intact");

    private static Finding Damaged(string name, string problem) =>
        new("model", $"{name}: {problem}", FindingState.Broken, "Get the file again, or install Kagome again.");

    private static Finding None() =>
        new(
            "model",
            $"none in {ModelLocation.ShippedFolder}",
            FindingState.Limited,
            $"Put {ModelLocation.Extension} files there, set {ModelLocation.FolderVariable} to their folder, or name one with --model."
        );
}
