namespace Kagome.Training;

/// <summary>A loss or gradient that is no finite number: the run stops, and its last checkpoint stays.</summary>
public sealed class TrainingDivergedException(int step, IReadOnlyList<string> ids, double loss)
    : KagomeException(
        $"The loss or gradient of step {step} is {loss}. Crystals of the batch: {string.Join(", ", ids.Take(20))}"
            + (ids.Count > 20 ? $" and {ids.Count - 20} more" : "")
            + ". The last checkpoint is kept; resume with a lower learning rate, or without these crystals."
    )
{
    /// <summary>The step that failed, from 1.</summary>
    public int Step { get; } = step;

    /// <summary>Names of the batch's crystals.</summary>
    public IReadOnlyList<string> Ids { get; } = ids;
}

/// <summary>A saved state that a run cannot go on from.</summary>
public sealed class TrainingStateException(string message, Exception? inner = null) : KagomeException(message, inner);
