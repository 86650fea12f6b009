namespace Kagome.Training.Loops;

/// <summary>A saved state that a run cannot go on from.</summary>
public sealed class TrainingStateException(string message, Exception? inner = null) : Exception(message, inner);
