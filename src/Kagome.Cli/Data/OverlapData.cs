using Kagome.Cli.Output;
using Kagome.DataSets.Duplicates;
using Kagome.Evaluation.Matching;

namespace Kagome.Cli.Data;

/// <summary>Says what two data sets share.</summary>
internal static class OverlapData
{
    /// <exception cref="BadInputException">A data set holds no crystal.</exception>
    public static int Run(
        string first,
        string second,
        bool printsJson,
        CommandStreams streams,
        CancellationToken cancellation
    )
    {
        DataInput firstInput = new([first]);
        DataInput secondInput = new([second]);
        SharedCrystals shared;
        using (DataProgress progress = new(streams.Error))
        {
            OverlapSearch search = new(new StructureMatcher(MatcherSettings.Default), Path.GetTempPath())
            {
                Observer = progress,
            };
            shared = search.Find(
                progress.Watch(firstInput.Read(cancellation), firstInput),
                progress.Watch(secondInput.Read(cancellation), secondInput),
                cancellation
            );
        }

        firstInput.Report(streams.Error);
        secondInput.Report(streams.Error);
        if (printsJson)
        {
            streams.Output.WriteLine(JsonText.Format(shared));
            return ExitCode.Success;
        }

        TextTable table = new("", "crystals", "in the other", "formulas", "in the other") { IsRightAligned = true };
        Add(first, shared.First);
        Add(second, shared.Second);
        table.Write(streams.Output);
        return ExitCode.Success;

        void Add(string name, SharedCounts counts) =>
            table.Add(
                name,
                $"{counts.Crystals}",
                $"{counts.SharedCrystals}",
                $"{counts.Formulas}",
                $"{shared.SharedFormulas}"
            );
    }
}
