namespace Kagome.Cli.Evaluation;

/// <summary>Says which predictions of another program are missing or left over.</summary>
internal static class PredictionsNotice
{
    public static void Write(PredictedSamples predictions, ReferenceSet references, TextWriter error)
    {
        WriteIf(
            predictions.Missing,
            $"of {references.Crystals.Count} crystals have no prediction and count as failures.",
            error
        );
        WriteIf(predictions.Unused, "structures are named after no crystal that is scored, and are left out.", error);
        WriteIf(predictions.UnreadableEntries, "entries of the predictions cannot be read, and are left out.", error);
    }

    private static void WriteIf(int count, string what, TextWriter error)
    {
        if (count > 0)
        {
            error.WriteLine($"warning: {count} {what}");
        }
    }
}
