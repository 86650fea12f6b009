using System.IO.Hashing;
using System.Text;
using Kagome.Core.Structures;
using Kagome.Formats;
using Kagome.Training.Data;
using Kagome.Training.Recipes;

namespace Kagome.Cli.Training;

/// <summary>The crystals of a run: what to learn from, what to validate on, and what was left out and why.</summary>
/// <remarks>
/// Entries that name their split keep to it: train is learned from, val validated on, test left out. Without any to validate on, a
/// share of the formulas is held out.
/// </remarks>
internal sealed class TrainingData
{
    public const string EnergyAboveHullLabel = "e_hull";

    private readonly RunSettings limits;

    private TrainingData(RunSettings limits) => this.limits = limits;

    public TrainingSet Training { get; } = new();

    public TrainingSet Validation { get; } = new();

    /// <summary>Counts of left-out entries by reason.</summary>
    public SortedDictionary<string, int> Skipped { get; } = new(StringComparer.Ordinal);

    /// <exception cref="BadInputException">No crystal can be used.</exception>
    public static TrainingData Read(
        IReadOnlyList<string> trainingPaths,
        IReadOnlyList<string> validationPaths,
        RunSettings limits
    )
    {
        TrainingData data = new(limits);
        List<CrystalRecord> heldOut = [];
        foreach (CrystalRecord record in data.Usable(trainingPaths, "train", "val"))
        {
            if (record.Split == "val")
            {
                data.Validation.Add(record);
            }
            else if (validationPaths.Count == 0 && data.IsHeldOut(record))
            {
                heldOut.Add(record);
            }
            else
            {
                data.Training.Add(record);
            }
        }

        foreach (CrystalRecord record in data.Usable(validationPaths, "val"))
        {
            data.Validation.Add(record);
        }

        TrainingSet rest = data.Validation.Count > 0 ? data.Training : data.Validation;
        heldOut.ForEach(rest.Add);
        if (data.Training.Count == 0)
        {
            string reasons = string.Join("; ", data.Skipped.Select(pair => $"{pair.Value} {pair.Key}"));
            throw new BadInputException(
                $"No crystal of {string.Join(", ", trainingPaths)} can be learned from ({(reasons.Length > 0 ? reasons : "there is none")})."
            );
        }

        return data;
    }

    /// <summary>Entries within the limits, and of one of the splits where they name one.</summary>
    private IEnumerable<CrystalRecord> Usable(IEnumerable<string> paths, params string[] splits)
    {
        foreach (DataSetEntry entry in paths.SelectMany(DataSet.Read))
        {
            if (Reason(entry, splits) is { } reason)
            {
                Skipped[reason] = Skipped.GetValueOrDefault(reason) + 1;
            }
            else
            {
                yield return entry.Record!;
            }
        }
    }

    private string? Reason(DataSetEntry entry, string[] splits)
    {
        if (entry.Record is not { } record)
        {
            return $"unreadable, the first: {entry.Problem!.Message}".Split('\n')[0];
        }

        if (record.Split is { } split && !splits.Contains(split))
        {
            return $"of the {split} split";
        }

        if (record.Structure.AtomCount > limits.LargestAtomCount)
        {
            return $"more than {limits.LargestAtomCount} atoms";
        }

        return
            record.Labels.TryGetValue(EnergyAboveHullLabel, out double energy) && energy > limits.LargestEnergyAboveHull
            ? $"more than {limits.LargestEnergyAboveHull} eV/atom above the hull"
            : null;
    }

    /// <summary>By the reduced formula, so that all polymorphs of one lie on the same side.</summary>
    private bool IsHeldOut(CrystalRecord record)
    {
        string formula = string.Concat(
            record.Structure.Composition.Reduced.Counts.Select(pair => $"{pair.Key.Symbol}{pair.Value}")
        );
        ulong hash = XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(formula));
        return hash / (double)ulong.MaxValue < limits.ValidationShare;
    }
}
