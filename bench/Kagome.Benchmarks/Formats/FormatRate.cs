namespace Kagome.Benchmarks.Formats;

/// <summary>How fast a format is, in memory.</summary>
/// <param name="Format">Its short name.</param>
/// <param name="WrittenPerSecond">Crystals.</param>
/// <param name="ReadPerSecond">Crystals.</param>
/// <param name="WriteRatio">How many times faster than CIF.</param>
/// <param name="ReadRatio">Likewise.</param>
/// <param name="CharactersPerCrystal">Of text.</param>
internal sealed record FormatRate(
    string Format,
    double WrittenPerSecond,
    double ReadPerSecond,
    double WriteRatio,
    double ReadRatio,
    double CharactersPerCrystal
);
