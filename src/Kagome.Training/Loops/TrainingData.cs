using Kagome.Crystals.Structures;
using Kagome.DataSets;
using Kagome.Formats;
using Kagome.Formats.Text;
using Kagome.Training.Data;
using Kagome.Training.Recipes;
using Kagome.Training.Tasks;

namespace Kagome.Training;

/// <summary>The crystals of a run: what to learn from and what to validate on.</summary>
/// <remarks>
/// Entries that name their split keep to it: train is learned from, val validated on, test left out. Without any to validate on, a
/// share of the formulas is held out.
/// </remarks>
internal sealed class TrainingData
{
    private const string Unreadable = "unreadable"; // as a reader counts it

    private readonly RunSettings limits;
    private readonly EnergySettings? energy;
    private readonly SortedDictionary<string, int> skipped = new(StringComparer.Ordinal);

    private TrainingData(Recipe recipe)
    {
        (limits, energy) = (recipe.Run, recipe.Energy);
        (Training, Validation) = (new TrainingSet(recipe.Task.Label), new TrainingSet(recipe.Task.Label));
    }

    public TrainingSet Training { get; }

    public TrainingSet Validation { get; }

    /// <summary>How much there is, and what was left out.</summary>
    public TrainingCrystals Summary => new(Training.Count, Validation.Count, Label(), skipped);

    /// <param name="options">Name the files.</param>
    /// <param name="recipe">What is learned from them.</param>
    /// <param name="cancellation">Stops between crystals.</param>
    /// <exception cref="InputException">No crystal can be used, or none has the label to learn.</exception>
    public static TrainingData Read(TrainingOptions options, Recipe recipe, CancellationToken cancellation)
    {
        TrainingData data = new(recipe);
        List<CrystalRecord> heldOut = [];
        foreach (CrystalRecord record in data.Usable(options.DataPaths, options.Format, ["train", "val"], cancellation))
        {
            if (record.Split == "val")
            {
                data.Validation.Add(record);
            }
            else if (options.ValidationPaths.Count == 0 && data.IsHeldOut(record))
            {
                heldOut.Add(record);
            }
            else
            {
                data.Training.Add(record);
            }
        }

        foreach (
            CrystalRecord record in data.Usable(
                options.ValidationPaths,
                options.ValidationFormat ?? options.Format,
                ["val"],
                cancellation
            )
        )
        {
            data.Validation.Add(record);
        }

        TrainingSet rest = data.Validation.Count > 0 ? data.Training : data.Validation;
        heldOut.ForEach(rest.Add);
        data.RequireUsable(string.Join(", ", options.DataPaths));
        return data;
    }

    private void RequireUsable(string paths)
    {
        if (Training.Count == 0)
        {
            if (Validation.Count > 0)
            {
                throw new InputException(
                    $"No crystal of {paths} can be learned from: all {Validation.Count} are of the val split. Give data with a train split, or remove the splits."
                );
            }

            string reasons = string.Join("; ", skipped.Select(pair => $"{pair.Value} {pair.Key}"));
            throw new InputException(
                $"No crystal of {paths} can be learned from ({(reasons.Length > 0 ? reasons : "there is none")})."
            );
        }

        if (energy is not null && !Training.Labels.Any())
        {
            throw new InputException(
                $"No crystal of {paths} has a number as label '{energy.Label}', which a predictor learns. Add the label, or name another one as energy.label in the recipe."
            );
        }
    }

    /// <summary>Entries within the limits, and of one of the splits where they name one.</summary>
    private IEnumerable<CrystalRecord> Usable(
        IReadOnlyList<string> paths,
        IStructureFormat? format,
        string[] splits,
        CancellationToken cancellation
    )
    {
        CrystalReader reader = new(paths)
        {
            Format = format,
            Splits = splits,
            Reject = Reason,
        };
        foreach (CrystalRecord record in reader.Read(cancellation))
        {
            yield return InNiggliCell(record);
        }

        foreach ((string reason, int count) in reader.Skipped)
        {
            string text = reason == Unreadable ? $"{reason}, the first: {reader.FirstProblem}" : reason;
            skipped[text] = skipped.GetValueOrDefault(text) + count;
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

    private string? Reason(CrystalRecord record) =>
        record.Structure.AtomCount > limits.LargestAtomCount ? $"more than {limits.LargestAtomCount} atoms"
        : energy is { UseUnlabelled: false } && !record.Labels.ContainsKey(energy.Label)
            ? $"no number as label '{energy.Label}'"
        : Labels.Number(record, Labels.EnergyAboveHull) > limits.LargestEnergyAboveHull
            ? $"more than {limits.LargestEnergyAboveHull} eV/atom above the hull"
        : null;

    /// <summary>Whether a crystal is held out: by its reduced formula, so that all polymorphs of one lie on the same side; `kagome data split` sorts by the same rule.</summary>
    private bool IsHeldOut(CrystalRecord record) =>
        FormulaHash.Share(record.Structure.Composition) < limits.ValidationShare;

    private TrainingLabel? Label()
    {
        if (energy is null)
        {
            return null;
        }

        double[] known = [.. Training.Labels.Order()];
        double[] heldOut = [.. Validation.Labels];
        double median = known[known.Length / 2];
        return new TrainingLabel(
            energy.Label,
            LearnEnergies.Unit,
            known.Length,
            heldOut.Length,
            median,
            heldOut.Length > 0 ? heldOut.Average(label => Math.Abs(label - median)) : null
        );
    }
}
