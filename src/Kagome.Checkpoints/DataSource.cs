namespace Kagome.Checkpoints;

/// <summary>A data set that a network has seen.</summary>
/// <remarks>License as an SPDX identifier where there is one; the attribution as its owners ask for it.</remarks>
public sealed record DataSource(string Name, string License, string Attribution);
