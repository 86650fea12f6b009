namespace Kagome.Cli.Data;

/// <summary>What a filter did.</summary>
/// <param name="Crystals">That were read.</param>
/// <param name="Kept">Of these.</param>
/// <param name="Unreadable">Entries.</param>
/// <param name="LeftOut">Crystals by the first condition that they do not meet.</param>
internal sealed record FilterCounts(int Crystals, int Kept, int Unreadable, IReadOnlyDictionary<string, int> LeftOut);
