using Kagome.Cli.Output;
using Kagome.Core.Structures;
using Kagome.DataSets.Filters;
using Kagome.Formats;

namespace Kagome.Cli.Data;

/// <summary>Writes the crystals that a filter keeps.</summary>
internal static class FilterData
{
    /// <exception cref="BadInputException">Nothing is kept, or a label occurs nowhere; nothing was written.</exception>
    public static int Run(
        IReadOnlyList<string> paths,
        string output,
        CrystalFilter filter,
        bool isForced,
        bool printsJson,
        CommandStreams streams,
        CancellationToken cancellation
    )
    {
        DataOutput.Check(output, paths, isForced);
        DataInput input = new(paths);
        LeftOutCounts leftOut = new();
        SortedSet<string> labels = new(StringComparer.Ordinal);
        using DataSetWriter writer = new(output);
        using (DataProgress progress = new(streams.Error))
        {
            IEnumerable<CrystalRecord> records = progress.Watch(input.Read(cancellation), input, "filter");
            foreach (CrystalRecord record in filter.Apply(records.Select(Noted), leftOut.Add))
            {
                writer.Add(record);
            }
        }

        input.Report(streams.Error);
        RefuseUnknownLabels(filter, labels);
        RefuseNothing(writer.Count, leftOut);
        writer.Complete();
        Print(new FilterCounts(input.CrystalCount, writer.Count, input.UnreadableCount, leftOut.Reasons), leftOut);
        return ExitCode.Success;

        CrystalRecord Noted(CrystalRecord record)
        {
            labels.UnionWith(record.Labels.Keys);
            return record;
        }

        void Print(FilterCounts counts, LeftOutCounts reasons)
        {
            if (printsJson)
            {
                streams.Output.WriteLine(JsonText.Format(counts));
                return;
            }

            streams.Output.WriteLine($"{output}: {counts.Kept} of {counts.Crystals} crystals");
            reasons.Write(streams.Output);
        }
    }

    /// <summary>A label that no crystal has is a slip of the pen, also where crystals without it are kept.</summary>
    private static void RefuseUnknownLabels(CrystalFilter filter, SortedSet<string> labels)
    {
        if (filter.Labels.FirstOrDefault(label => !labels.Contains(label.Label)) is { } unknown)
        {
            string known = labels.Count > 0 ? $"they have {string.Join(", ", labels)}" : "they have no labels";
            throw new BadInputException(
                $"No crystal has a number as label '{unknown.Label}' ({known}); nothing was written."
            );
        }
    }

    private static void RefuseNothing(int kept, LeftOutCounts leftOut)
    {
        if (kept == 0)
        {
            string reasons = string.Join("; ", leftOut.Reasons.Select(pair => $"{pair.Value} {pair.Key}"));
            throw new BadInputException($"No crystal is left ({reasons}); nothing was written.");
        }
    }
}
