using Kagome.Cli.Output;
using Kagome.Core.Structures;
using Kagome.DataSets.Statistics;

namespace Kagome.Cli.Data;

/// <summary>Counts what data sets hold, prints it and writes it into a folder.</summary>
internal static class DataStats
{
    /// <exception cref="BadInputException">There is no crystal.</exception>
    public static int Run(
        IReadOnlyList<string> paths,
        string? folder,
        bool printsJson,
        CommandStreams streams,
        CancellationToken cancellation
    )
    {
        DataInput input = new(paths);
        DataSetTally tally = new();
        using (DataProgress progress = new(streams.Error))
        {
            foreach (CrystalRecord record in progress.Watch(input.Read(cancellation), input, "stats"))
            {
                tally.Add(record);
            }
        }

        input.Report(streams.Error);
        StatisticsDocument document = StatisticsDocument.Of(paths, tally.Statistics(), input.UnreadableCount);
        if (folder is not null)
        {
            StatisticsFolder.Write(folder, document, tally.Statistics());
        }

        if (printsJson)
        {
            streams.Output.WriteLine(JsonText.Format(document));
        }
        else
        {
            StatisticsTable.Write(document, streams.Output);
        }

        return ExitCode.Success;
    }
}
