using Kagome.Checkpoints;
using Kagome.Cli.Energies;
using Kagome.Core.Structures;
using Kagome.Formats;
using Kagome.Training.Data;
using Kagome.Training.Recipes;

namespace Kagome.Cli.Properties;

/// <summary>The crystals of a property's training, dealt out to folds, and what was left out and why.</summary>
internal sealed class PropertyData
{
    private readonly Dictionary<int, CompositionTerm> composition = [];
    private readonly SortedDictionary<string, int> skipped = new(StringComparer.Ordinal);

    public required PropertySettings Settings { get; init; }

    public IReadOnlyList<PropertyCrystal> Crystals { get; private init; } = [];

    /// <summary>Those whose label is in the range that is learned from.</summary>
    public IEnumerable<PropertyCrystal> Learned => Crystals.Where(crystal => crystal.HasProperty);

    /// <exception cref="BadInputException">There are too few crystals, or a logarithm of a label that has none was asked for.</exception>
    public static PropertyData Read(
        IReadOnlyList<string> paths,
        Recipe recipe,
        Checkpoint initial,
        CancellationToken cancellation
    )
    {
        PropertySettings settings = recipe.Property!;
        FormulaFolds folds = new(recipe.Seed, settings.Folds, settings.CalibrationShare);
        List<PropertyCrystal> crystals = [];
        PropertyData data = new() { Settings = settings, Crystals = crystals };
        foreach (DataSetEntry entry in paths.SelectMany(DataSet.Read))
        {
            cancellation.ThrowIfCancellationRequested();
            if (Read(entry, recipe, initial, folds, cancellation) is var (crystal, reason) && crystal is not null)
            {
                crystals.Add(crystal);
            }
            else
            {
                data.skipped[reason!] = data.skipped.GetValueOrDefault(reason!) + 1;
            }
        }

        data.Check(paths);
        return data;
    }

    /// <summary>What a network learns from: the label as it is, or its logarithm.</summary>
    public double Target(PropertyCrystal crystal) => Settings.Log ? Math.Log(crystal.Label) : crystal.Label;

    /// <summary>The crystals that one fold's network learns from.</summary>
    public IEnumerable<PropertyCrystal> Known(int fold) =>
        Learned.Where(crystal => crystal.Fold is { } own && own != fold);

    /// <summary>The same with what the network has to say of them.</summary>
    public TrainingSet TrainingSet(int fold)
    {
        TrainingSet set = new(Settings.Label);
        foreach (PropertyCrystal crystal in Known(fold))
        {
            CrystalRecord record = new(crystal.Id, crystal.Cell);
            double rest = Target(crystal) - FromComposition(fold, crystal);
            set.Add(record with { Labels = record.Labels.Add(Settings.Label, rest) });
        }

        return set;
    }

    /// <summary>What a fold says of the composition alone: a baseline, and where the recipe says so a part of the prediction.</summary>
    public CompositionTerm Composition(int fold)
    {
        if (!composition.TryGetValue(fold, out CompositionTerm? term))
        {
            composition[fold] = term = CompositionFit.Of([.. Known(fold)], Target);
        }

        return term;
    }

    /// <summary>The part of a fold's prediction that the composition alone gives; 0 where the network says all.</summary>
    public double FromComposition(int fold, PropertyCrystal crystal) =>
        Settings.FromComposition ? Composition(fold).Value(CompositionFit.Features(crystal)) : 0;

    public void Report(TextWriter error)
    {
        int kept = Learned.Count(crystal => crystal.Fold is null);
        error.WriteLine(
            $"{Learned.Count()} crystals with label '{Settings.Label}' to learn from, in {Settings.Folds} folds by formula; {kept} of them in no fold, to measure what the spread of the folds is worth."
        );
        if (Crystals.Count > Learned.Count())
        {
            error.WriteLine(
                $"  {Crystals.Count - Learned.Count()} with {Settings.Label} of {Settings.Above} or less tell what has none."
            );
        }

        foreach ((string reason, int count) in skipped)
        {
            error.WriteLine($"  {count} left out: {reason}");
        }
    }

    private static (PropertyCrystal? Crystal, string? Reason) Read(
        DataSetEntry entry,
        Recipe recipe,
        Checkpoint initial,
        FormulaFolds folds,
        CancellationToken cancellation
    )
    {
        if (entry.Record is not { } record)
        {
            return (null, $"unreadable, the first: {entry.Problem!.Message}".Split('\n')[0]);
        }

        if (record.Split == "test")
        {
            return (null, "of the test split");
        }

        PropertySettings settings = recipe.Property!;
        if (!record.Labels.TryGetValue(settings.Label, out double label) || !double.IsFinite(label))
        {
            return (null, $"no number as label '{settings.Label}' (absent, empty, text or NaN)");
        }

        JudgedCell cell = JudgedCell.Of(record.Structure, initial, cancellation);
        return cell.Problem is { } problem ? (null, $"not usable, such as {record.Id}: {problem}")
            : cell.Cell.AtomCount > recipe.Run.LargestAtomCount
                ? (null, $"more than {recipe.Run.LargestAtomCount} atoms")
            : (
                new PropertyCrystal(
                    record.Id,
                    cell.Cell,
                    label,
                    label > settings.Above,
                    folds.Of(cell.Cell.Composition)
                ),
                null
            );
    }

    private void Check(IReadOnlyList<string> paths)
    {
        string files = string.Join(", ", paths);
        if (!Learned.Any())
        {
            string reasons = string.Join("; ", skipped.Select(pair => $"{pair.Value} {pair.Key}"));
            throw new BadInputException(
                $"No crystal of {files} has a usable label '{Settings.Label}'{(double.IsFinite(Settings.Above) ? $" above {Settings.Above}" : "")} ({reasons}). Name another with --label."
            );
        }

        if (Settings.Log && Learned.Count(crystal => crystal.Label <= 0) is > 0 and var count)
        {
            throw new BadInputException(
                $"{count} crystals of {files} have {Settings.Label} of 0 or less, which has no logarithm. Leave them out with --above 0, or leave out --log."
            );
        }

        for (int fold = 0; fold < Settings.Folds; fold++)
        {
            if (Learned.Count(crystal => crystal.Fold == fold) == 0)
            {
                throw new BadInputException(
                    $"Fold {fold + 1} of {Settings.Folds} is empty: {files} has {Learned.Select(crystal => crystal.Cell.Composition.ReducedFormula).Distinct().Count()} formulas with label '{Settings.Label}'. Choose fewer --folds, or give more data."
                );
            }
        }
    }
}
