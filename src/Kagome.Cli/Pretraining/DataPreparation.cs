using Kagome.Cli.Data;
using Kagome.Cli.Output;
using Kagome.Core.Structures;
using Kagome.DataSets.Duplicates;
using Kagome.DataSets.Filters;
using Kagome.Evaluation.Matching;
using Kagome.Formats;
using Kagome.Training.Pretraining;

namespace Kagome.Cli.Pretraining;

/// <summary>Reads the data once, leaves out what is not to be learned from, and cuts the rest into shards.</summary>
internal sealed class DataPreparation(PretrainingRecipe recipe, TextWriter error) : IStage
{
    private const string TestSplit = "test";

    private readonly SortedDictionary<string, double> figures = new(StringComparer.Ordinal);

    public string Name => "data";

    private CrystalFilter Filter =>
        new()
        {
            Atoms = new NumberRange(recipe.Crystals.SmallestAtomCount, recipe.Crystals.LargestAtomCount),
            Labels =
            [
                new LabelRange(
                    CrystalFilter.EnergyAboveHull,
                    new NumberRange(double.NegativeInfinity, recipe.Crystals.LargestEnergyAboveHull)
                ),
            ],
            KeepsUnlabelled = true,
        };

    public SortedDictionary<string, string> Inputs()
    {
        SortedDictionary<string, string> inputs = new(StringComparer.Ordinal)
        {
            ["crystals"] = JsonText.Format(recipe.Crystals),
        };
        foreach (string path in recipe.Data)
        {
            inputs[$"data {path}"] = ContentHash.Of(path);
        }

        foreach (string path in recipe.HeldOut)
        {
            inputs[$"held out {path}"] = ContentHash.Of(path);
        }

        return inputs;
    }

    public StageResult Run(string folder, CancellationToken cancellation)
    {
        figures.Clear();
        Array.ForEach(CrystalShards.Of(folder), File.Delete); // reading is quick: an interrupted one begins anew
        DataInput input = new(recipe.Data);
        int number = 0;
        using (DataProgress progress = new(error))
        {
            IEnumerable<CrystalRecord> usable = progress.Watch(input.Read(cancellation), input).Where(IsNoTest);
            IEnumerable<CrystalRecord> kept = Distinct(
                Filter.Apply(usable, (_, reason) => Count($"left out: {reason}")),
                folder,
                progress,
                cancellation
            );
            foreach (CrystalRecord[] shard in kept.Chunk(recipe.Crystals.ShardSize))
            {
                figures["crystals"] = figures.GetValueOrDefault("crystals") + shard.Length;
                DataSet.Write(Path.Combine(folder, CrystalShards.Name(number++)), shard);
            }
        }

        input.Report(error);
        return number > 0
            ? new StageResult(CrystalShards.Sums(folder), figures)
            : throw new BadInputException(
                $"No crystal of {string.Join(", ", recipe.Data)} can be learned from: {string.Join("; ", figures.Select(pair => $"{pair.Value} {pair.Key}"))}."
            );
    }

    private bool IsNoTest(CrystalRecord record)
    {
        if (record.Split != TestSplit)
        {
            return true;
        }

        Count($"left out: of the {TestSplit} split");
        return false;
    }

    private IEnumerable<CrystalRecord> Distinct(
        IEnumerable<CrystalRecord> records,
        string folder,
        DataProgress progress,
        CancellationToken cancellation
    )
    {
        if (!recipe.Crystals.LeavesOutDuplicates)
        {
            return records;
        }

        DuplicateSearch search = new(new StructureMatcher(MatcherSettings.Default), folder) { Observer = progress };
        return search.Distinct(
            records,
            recipe.HeldOut.SelectMany(DataSet.Read).Records(_ => { }),
            duplicate =>
                Count(
                    duplicate.Of.Set == CrystalSet.Reference ? "left out: held out" : "left out: the same as one before"
                ),
            cancellation
        );
    }

    private void Count(string what) => figures[what] = figures.GetValueOrDefault(what) + 1;
}
