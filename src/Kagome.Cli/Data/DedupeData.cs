using Kagome.Cli.Output;
using Kagome.Core.Structures;
using Kagome.DataSets.Duplicates;
using Kagome.Evaluation.Matching;
using Kagome.Formats;

namespace Kagome.Cli.Data;

/// <summary>Writes each crystal once.</summary>
internal static class DedupeData
{
    /// <exception cref="BadInputException">Nothing is left; nothing was written.</exception>
    public static int Run(DedupeRequest request, CommandStreams streams, CancellationToken cancellation)
    {
        Check(request);
        DataInput input = new(request.Paths);
        DataInput against = new(request.Against);
        DuplicateCounts counts = new();
        using DataSetWriter writer = new(request.Output);
        using TargetFile? report = request.Report is { } path ? new TargetFile(path) : null;
        using (DataProgress progress = new(streams.Error))
        {
            DuplicateSearch search = new(new StructureMatcher(MatcherSettings.Default), FolderOf(request.Output))
            {
                Observer = progress,
            };
            IEnumerable<CrystalRecord> kept = search.Distinct(
                progress.Watch(input.Read(cancellation), input),
                request.Against.Count > 0 ? progress.Watch(against.Read(cancellation), against) : [],
                OnDuplicate,
                cancellation
            );
            foreach (CrystalRecord record in kept)
            {
                writer.Add(record);
            }
        }

        input.Report(streams.Error);
        against.Report(streams.Error);
        if (writer.Count == 0)
        {
            throw new BadInputException(
                $"No crystal is left: all {input.CrystalCount} occur in {string.Join(", ", request.Against)}; nothing was written."
            );
        }

        report?.Complete();
        writer.Complete();
        Print(request, counts with { Crystals = input.CrystalCount, Kept = writer.Count }, streams.Output);
        return ExitCode.Success;

        void OnDuplicate(Duplicate duplicate)
        {
            counts = counts.With(duplicate);
            report?.Append(text => text.Write(JsonText.Line(duplicate) + "\n"));
        }
    }

    private static void Check(DedupeRequest request)
    {
        string[] inputs = [.. request.Paths, .. request.Against];
        DataOutput.Check(request.Output, inputs, request.IsForced);
        if (request.Report is { } report)
        {
            DataOutput.CheckFile(report, inputs.Append(request.Output), request.IsForced);
        }
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;

    private static void Print(DedupeRequest request, DuplicateCounts counts, TextWriter output)
    {
        if (request.PrintsJson)
        {
            output.WriteLine(JsonText.Format(counts));
            return;
        }

        output.WriteLine($"{request.Output}: {counts.Kept} of {counts.Crystals} crystals");
        output.WriteLine($"  {counts.Duplicates} left out: the same as one before");
        if (request.Against.Count > 0)
        {
            output.WriteLine($"  {counts.InReference} left out: in {string.Join(", ", request.Against)}");
        }
    }
}
