using Kagome.Checkpoints;
using Kagome.Checkpoints.OfficialDao;
using Kagome.Cli.Output;

namespace Kagome.Cli.Models;

/// <summary>Writes a checkpoint of DAO's authors as a model file and says what did not come along.</summary>
internal static class ModelImport
{
    /// <exception cref="BadInputException">The target may not be written, or the weights cannot be kept.</exception>
    public static int Run(string source, string target, string? scaler, bool isForced, TextWriter output)
    {
        if (!target.EndsWith(ModelLocation.Extension, StringComparison.OrdinalIgnoreCase))
        {
            throw new BadInputException(
                $"{target} is no name of a model file; expected one that ends in {ModelLocation.Extension}."
            );
        }

        OutputFile.RefuseReplacing(target, isForced);
        using ImportedCheckpoint imported = OfficialCheckpoint.Import(source, scaler);
        string checksum = Save(source, target, imported.Checkpoint);
        string kind = $"{imported.Checkpoint.Provenance.Kind}".ToLowerInvariant();
        output.WriteLine($"{target}: {kind}");
        output.WriteLine($"sha256: {checksum}");
        Print(imported.Report, output);
        return ExitCode.Success;
    }

    private static string Save(string source, string target, Checkpoint checkpoint)
    {
        try
        {
            return CheckpointFile.Save(target, checkpoint);
        }
        catch (ArgumentException exception)
        {
            throw new BadInputException($"{source}: {exception.Message}", exception);
        }
    }

    private static void Print(ImportReport report, TextWriter output)
    {
        PrintList("left out, tensors that Kagome's network does not use", report.SkippedTensors, output);
        PrintList("left out, other parts of the file", report.SkippedParts, output);
        PrintList("never run, Python classes that the file names", report.SkippedClasses, output);
        PrintList("assumed", report.Remarks, output);
    }

    private static void PrintList(string heading, IReadOnlyList<string> items, TextWriter output)
    {
        if (items.Count == 0)
        {
            return;
        }

        output.WriteLine($"{heading}:");
        TextTable table = new();
        foreach (string item in items)
        {
            table.Add($"  {item}");
        }

        table.Write(output);
    }
}
