namespace Kagome;

/// <summary>How far a piece of work is.</summary>
/// <remarks>Reported from worker threads, one report at a time; an exception that the handler throws ends the work and reaches its caller.</remarks>
/// <param name="Task">What is being done, such as NaCl or energies.</param>
/// <param name="Done">Units that are done.</param>
/// <param name="Total">All units that are known so far; it grows where data are read as a stream.</param>
/// <param name="Unit">What is counted, such as crystals.</param>
/// <param name="Note">What else there is to say, such as "12 match"; null for nothing.</param>
public readonly record struct WorkProgress(string Task, long Done, long Total, string Unit, string? Note = null);
