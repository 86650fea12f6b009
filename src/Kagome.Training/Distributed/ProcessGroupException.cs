namespace Kagome.Training.Distributed;

/// <summary>Processes cannot work together, or do not have the same.</summary>
public sealed class ProcessGroupException(string message, Exception? inner = null) : KagomeException(message, inner);
