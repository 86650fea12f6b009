namespace Kagome.Cli.Data;

/// <summary>What a split did.</summary>
/// <param name="Crystals">That were read.</param>
/// <param name="Unreadable">Entries.</param>
/// <param name="Parts">Crystals by the name of their part.</param>
internal sealed record SplitCounts(int Crystals, int Unreadable, IReadOnlyDictionary<string, int> Parts);
