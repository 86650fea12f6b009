namespace Kagome.Training;

/// <summary>How a run ended.</summary>
/// <param name="IsDone">False where it was stopped; the same options with <see cref="TrainingOptions.Resume"/> go on from there.</param>
/// <param name="ModelPath">The model as it stands.</param>
/// <param name="StepsTaken">Steps of all its sessions.</param>
/// <param name="TimeTrained">The time that the steps of all its sessions took.</param>
/// <param name="Crystals">What it learned from.</param>
/// <param name="Validation">What the last validation measured; null where nothing was held out, or the run was done before.</param>
public sealed record TrainingOutcome(
    bool IsDone,
    string ModelPath,
    int StepsTaken,
    TimeSpan TimeTrained,
    TrainingCrystals Crystals,
    ValidationLosses? Validation
);

/// <summary>The crystals of a run.</summary>
/// <param name="TrainingCount">Crystals to learn from.</param>
/// <param name="ValidationCount">Crystals to validate on.</param>
/// <param name="Label">The label to learn; null where none is learned.</param>
/// <param name="Skipped">Entries that were left out, by reason.</param>
public sealed record TrainingCrystals(
    int TrainingCount,
    int ValidationCount,
    TrainingLabel? Label,
    IReadOnlyDictionary<string, int> Skipped
);

/// <summary>How many crystals have the label to learn, and what a model must be better than.</summary>
/// <param name="Name">What the data call it.</param>
/// <param name="Unit">What it is in.</param>
/// <param name="TrainingCount">Crystals with the label to learn from.</param>
/// <param name="ValidationCount">Crystals with the label to validate on.</param>
/// <param name="Median">The median of the labels to learn from.</param>
/// <param name="MedianError">The mean absolute error of always that median, on the labels to validate on; null where there are none.</param>
public sealed record TrainingLabel(
    string Name,
    string Unit,
    int TrainingCount,
    int ValidationCount,
    double Median,
    double? MedianError
);
