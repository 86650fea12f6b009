using Kagome.Core.Structures;
using Kagome.DataSets.Splits;
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
    private readonly RunSettings limits;
    private readonly EnergySettings? energy;

    private TrainingData(Recipe recipe)
    {
        (limits, energy) = (recipe.Run, recipe.Energy);
        (Training, Validation) = (new TrainingSet(energy?.Label), new TrainingSet(energy?.Label));
    }

    public TrainingSet Training { get; }

    public TrainingSet Validation { get; }

    /// <summary>Counts of left-out entries by reason.</summary>
    public SortedDictionary<string, int> Skipped { get; } = new(StringComparer.Ordinal);

    /// <exception cref="BadInputException">No crystal can be used, or none has the label to learn.</exception>
    public static TrainingData Read(
        IReadOnlyList<string> trainingPaths,
        IReadOnlyList<string> validationPaths,
        Recipe recipe
    )
    {
        TrainingData data = new(recipe);
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

        if (data.energy is { } energy && !data.Training.Labels.Any())
        {
            throw new BadInputException(
                $"No crystal of {string.Join(", ", trainingPaths)} has a number as label '{energy.Label}', which a predictor learns. Add the label, or name another one as energy.label in the recipe."
            );
        }

        return data;
    }

    /// <summary>Says how much there is and what was left out.</summary>
    public void Report(Recipe recipe, TextWriter error)
    {
        error.WriteLine(
            $"{Training.Count} crystals to learn from, {Validation.Count} to validate on; recipe {recipe.Name}, {recipe.Run.Steps} steps."
        );
        if (energy is not null)
        {
            LabelReport.Write(Training, Validation, energy, error);
        }

        foreach ((string reason, int count) in Skipped)
        {
            error.WriteLine($"  {count} left out: {reason}");
        }
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
                yield return InNiggliCell(entry.Record!);
            }
        }
    }

    /// <summary>One description for all descriptions of a lattice, as in the paper's data; the number of atoms stays.</summary>
    private static CrystalRecord InNiggliCell(CrystalRecord record)
    {
        try
        {
            return record with { Structure = NiggliCell.Of(record.Structure) };
        }
        catch (ArgumentException)
        {
            return record; // flatter than a Niggli cell can be computed for: learned from as it stands
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

        if (energy is { UseUnlabelled: false } && !record.Labels.ContainsKey(energy.Label))
        {
            return $"no number as label '{energy.Label}'";
        }

        return
            record.Labels.TryGetValue(EnergyLabel.Name, out double aboveHull)
            && aboveHull > limits.LargestEnergyAboveHull
            ? $"more than {limits.LargestEnergyAboveHull} eV/atom above the hull"
            : null;
    }

    /// <summary>By the reduced formula, so that all polymorphs of one lie on the same side; `kagome data split` sorts by the same rule.</summary>
    private bool IsHeldOut(CrystalRecord record) =>
        FormulaHash.Share(record.Structure.Composition) < limits.ValidationShare;
}
