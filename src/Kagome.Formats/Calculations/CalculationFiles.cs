namespace Kagome.Formats.Calculations;

/// <summary>The input of a calculation.</summary>
/// <param name="Texts">File names and what they hold.</param>
/// <param name="Copies">Files that are copied beside them: their names there and where they are.</param>
/// <param name="Grid">The k-points.</param>
/// <param name="CutoffElectronvolt">Of the plane waves.</param>
/// <param name="Remarks">What the user has to know or to add.</param>
internal sealed record CalculationFiles(
    IReadOnlyDictionary<string, string> Texts,
    IReadOnlyDictionary<string, string> Copies,
    KPointGrid Grid,
    double CutoffElectronvolt,
    IReadOnlyList<string> Remarks
);
