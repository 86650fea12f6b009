namespace Kagome.Training;

/// <summary>What a process wants to be done after a step: one that wants it is enough, and all do it after the same step.</summary>
/// <param name="Stops">Whether to end with a checkpoint.</param>
/// <param name="Saves">Whether a checkpoint is due.</param>
internal readonly record struct StepRequests(bool Stops, bool Saves);
