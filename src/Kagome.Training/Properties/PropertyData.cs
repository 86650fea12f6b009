using Kagome.Crystals.Structures;
using Kagome.Formats;
using Kagome.Formats.Text;
using Kagome.Models;
using Kagome.Training.Data;
using Kagome.Training.Recipes;
using Kagome.Training.Tasks;

namespace Kagome.Training.Properties;

/// <summary>The crystals of a property's training, dealt out to folds.</summary>
internal sealed class PropertyData(PropertySettings settings, IReadOnlyList<PropertyCrystal> crystals)
{
    /// <summary>Into so many parts what a fold learns from is dealt out, to see what the composition leaves over of formulas that are not learned from.</summary>
    private const int Parts = 5;

    private readonly Dictionary<int, RegressionForest> composition = [];

    public PropertySettings Settings => settings;

    public IReadOnlyList<PropertyCrystal> Crystals => crystals;

    /// <summary>Of what is drawn for forests.</summary>
    public long Seed { get; private init; }

    /// <summary>What is learned of the label.</summary>
    public LabelTransform Transform => settings.Log ? LabelTransform.Log : LabelTransform.None;

    /// <summary>Crystals whose label is in the range that is learned from.</summary>
    public IEnumerable<PropertyCrystal> Learned => crystals.Where(crystal => crystal.HasProperty);

    /// <summary>Entries that were left out, by reason.</summary>
    public IReadOnlyDictionary<string, int> Skipped { get; private init; } = new Dictionary<string, int>();

    public PropertyDataCounts Counts =>
        new(
            Learned.Count(),
            Learned.Count(crystal => crystal.Fold is null),
            crystals.Count(crystal => !crystal.HasProperty),
            Skipped
        );

    /// <param name="paths">Files or folders of crystals.</param>
    /// <param name="format">How they are written; null, as their names tell.</param>
    /// <param name="recipe">Names the label and the folds.</param>
    /// <param name="domain">What the initial model can look at.</param>
    /// <param name="cancellation">Stops between crystals.</param>
    /// <exception cref="InputException">There are too few crystals, or a logarithm of a label that has none was asked for.</exception>
    public static PropertyData Read(
        IReadOnlyList<string> paths,
        IStructureFormat? format,
        Recipe recipe,
        TrainingDomain domain,
        CancellationToken cancellation
    )
    {
        PropertySettings settings = recipe.Property!;
        CrystalReader reader = new(paths) { Format = format, Reject = crystal => Obstacle(crystal, settings) };
        CrystalRecord[] records = [.. reader.Read(cancellation)];
        ILookup<string?, (CrystalRecord Record, PreparedCell Prepared)> byObstacle = records
            .Zip(domain.Prepare(records, cancellation))
            .ToLookup(pair =>
                pair.Second.Problem is not null ? "not usable"
                : pair.Second.Cell.AtomCount > recipe.Run.LargestAtomCount
                    ? $"more than {recipe.Run.LargestAtomCount} atoms"
                : null
            );
        FormulaFolds folds = new(recipe.Seed, settings.Folds, settings.CalibrationShare);
        PropertyData data = new(
            settings,
            [
                .. byObstacle[null]
                    .Select(pair =>
                    {
                        double label = pair.Record.Labels[settings.Label];
                        Structure cell = pair.Prepared.Cell;
                        return new PropertyCrystal(
                            pair.Record.Id,
                            cell,
                            label,
                            label > settings.Above,
                            folds.Of(cell.Composition)
                        );
                    }),
            ]
        )
        {
            Skipped = Reasons(reader, byObstacle),
            Seed = recipe.Seed,
        };
        data.Check(string.Join(", ", paths));
        return data;
    }

    /// <summary>What a network learns from: the label as it is, or its logarithm.</summary>
    public double Target(PropertyCrystal crystal) => Transform.Apply(crystal.Label);

    /// <summary>Where crystals of a kind stand.</summary>
    public int[] Places(Func<PropertyCrystal, bool> isWanted) =>
        [.. Enumerable.Range(0, crystals.Count).Where(at => isWanted(crystals[at]))];

    /// <summary>The crystals that one fold's network learns from, with what it has to say about them.</summary>
    public TrainingSet TrainingSet(int fold)
    {
        TrainingSet set = new(settings.Label);
        Func<PropertyCrystal, double> said = settings.FromComposition ? WithoutOwnFormula(fold) : _ => 0;
        foreach (PropertyCrystal crystal in Known(fold))
        {
            CrystalRecord record = new(crystal.Id, crystal.Cell);
            double rest = Target(crystal) - said(crystal);
            set.Add(record with { Labels = record.Labels.Add(settings.Label, rest) });
        }

        return set;
    }

    /// <summary>What a fold says about the composition alone: a baseline, and where the recipe says so a part of the prediction.</summary>
    public RegressionForest Composition(int fold)
    {
        if (!composition.TryGetValue(fold, out RegressionForest? forest))
        {
            composition[fold] = forest = Forest(Known(fold));
        }

        return forest;
    }

    /// <summary>The part of a fold's prediction that the composition alone gives; 0 where the network says all.</summary>
    public double FromComposition(int fold, PropertyCrystal crystal) =>
        settings.FromComposition ? Composition(fold).Value(crystal.Features) : 0;

    /// <summary>
    /// What the composition alone says of each crystal that a fold learns from, by forests that did not learn from its formula: trees that have seen a label leave
    /// nothing of it over.
    /// </summary>
    private Func<PropertyCrystal, double> WithoutOwnFormula(int fold)
    {
        FormulaFolds parts = new(fold, Parts, keptShare: 0);
        int PartOf(PropertyCrystal crystal) => parts.Of(crystal.Cell.Composition)!.Value;
        Dictionary<int, RegressionForest> forests = Known(fold)
            .Select(PartOf)
            .Distinct()
            .ToDictionary(
                part => part,
                part =>
                {
                    PropertyCrystal[] others = [.. Known(fold).Where(crystal => PartOf(crystal) != part)];
                    return others.Length > 0 ? Forest(others) : Composition(fold);
                }
            );
        return crystal => forests[PartOf(crystal)].Value(crystal.Features);
    }

    private RegressionForest Forest(IEnumerable<PropertyCrystal> crystals)
    {
        PropertyCrystal[] learned = [.. crystals];
        return ForestTraining.Fit([.. learned.Select(crystal => crystal.Features)], [.. learned.Select(Target)], Seed);
    }

    private IEnumerable<PropertyCrystal> Known(int fold) => Learned.Where(crystal => crystal.IsKnownTo(fold));

    private static string? Obstacle(CrystalRecord crystal, PropertySettings settings) =>
        crystal.Split == "test" ? "of the test split"
        : Labels.Number(crystal, settings.Label) is null
            ? $"no number as label '{settings.Label}' (absent, empty, text or NaN)"
        : null;

    /// <summary>Counts by reason, with the first example of those that need one.</summary>
    private static SortedDictionary<string, int> Reasons(
        CrystalReader reader,
        ILookup<string?, (CrystalRecord Record, PreparedCell Prepared)> byObstacle
    )
    {
        SortedDictionary<string, int> reasons = new(StringComparer.Ordinal);
        foreach ((string reason, int count) in reader.Skipped)
        {
            reasons[reason == "unreadable" ? $"unreadable, the first: {reader.FirstProblem}" : reason] = count;
        }

        foreach (IGrouping<string?, (CrystalRecord Record, PreparedCell Prepared)> group in byObstacle)
        {
            if (group.Key is { } reason)
            {
                (CrystalRecord record, PreparedCell prepared) = group.First();
                string example = prepared.Problem is { } problem ? $", such as {record.Id}: {problem}" : "";
                reasons[$"{reason}{example}"] = group.Count();
            }
        }

        return reasons;
    }

    private void Check(string files)
    {
        string label = settings.Label;
        if (!Learned.Any())
        {
            string reasons = string.Join("; ", Skipped.Select(pair => $"{pair.Value} {pair.Key}"));
            throw new InputException(
                $"No crystal of {files} has a usable label '{label}'{(double.IsFinite(settings.Above) ? $" above {settings.Above}" : "")} ({reasons}). Name another with {nameof(settings.Label)}.",
                label,
                nameof(settings.Label)
            );
        }

        if (settings.Log && Learned.Count(crystal => crystal.Label <= 0) is > 0 and var count)
        {
            throw new InputException(
                $"{count} crystals of {files} have {label} of 0 or less, which has no logarithm. Leave them out with {nameof(settings.Above)} 0, or leave out {nameof(settings.Log)}.",
                count,
                nameof(settings.Above),
                nameof(settings.Log)
            );
        }

        if (Learned.FirstOrDefault(crystal => !float.IsFinite((float)Target(crystal))) is { } huge)
        {
            throw new InputException(
                $"{huge.Id} of {files} has {label} {huge.Label}; expected at most {float.MaxValue:G2}, as networks count in single precision. Take a larger unit, or its logarithm.",
                huge.Label
            );
        }

        int[] filled = [.. Learned.Select(crystal => crystal.Fold).OfType<int>()];
        if (
            Enumerable.Range(0, settings.Folds).Except(filled).Select(fold => fold + 1).FirstOrDefault()
            is > 0
                and var empty
        )
        {
            throw new InputException(
                $"Fold {empty} of {settings.Folds} is empty: {files} has {Learned.Select(crystal => crystal.Cell.Composition.ReducedFormula).Distinct().Count()} formulas with label '{label}'. {(settings.Folds > PropertySettings.FewestFolds ? $"Choose fewer {nameof(settings.Folds)}, or give more data" : "Give crystals of more formulas")}.",
                settings.Folds,
                nameof(settings.Folds)
            );
        }
    }
}

/// <summary>A crystal with a property.</summary>
/// <param name="Id">Its name in the data.</param>
/// <param name="Cell">The cell in which networks see it.</param>
/// <param name="Label">In the label's unit.</param>
/// <param name="HasProperty">Whether its label is in the range that is learned from.</param>
/// <param name="Fold">The fold that it is tested in, from 0; null for one that no fold learns from.</param>
internal sealed record PropertyCrystal(string Id, Structure Cell, double Label, bool HasProperty, int? Fold)
{
    /// <summary>Its composition as numbers.</summary>
    public double[] Features => field ??= CompositionFeatures.Of(Cell.Composition);

    /// <summary>Whether a fold may learn from it.</summary>
    public bool IsKnownTo(int fold) => Fold is { } own && own != fold;
}

/// <summary>How many crystals a property's training has.</summary>
/// <param name="Learned">Crystals with a label that is learned from, those in no fold included.</param>
/// <param name="InNoFold">Of these, the ones that no fold learns from: they measure what the spread of the folds is worth.</param>
/// <param name="WithoutProperty">Crystals with a label below the range that is learned from: they tell what has the property at all.</param>
/// <param name="Skipped">Entries that were left out, by reason.</param>
public sealed record PropertyDataCounts(
    int Learned,
    int InNoFold,
    int WithoutProperty,
    IReadOnlyDictionary<string, int> Skipped
);
