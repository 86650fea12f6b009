using Kagome.Formats.Calculations;

namespace Kagome.Cli.Views;

/// <summary>The input of a calculation that was written.</summary>
/// <param name="Id">The crystal's name.</param>
/// <param name="Folder">Where the input is.</param>
/// <param name="Composition">All atoms of the cell that is computed.</param>
/// <param name="KPoints">Points of the grid along the three reciprocal vectors.</param>
/// <param name="Cutoff">Of the plane waves, eV.</param>
/// <param name="Remarks">What has to be known or added before it runs.</param>
internal sealed record ExportDocument(
    string Id,
    string Folder,
    string Composition,
    IReadOnlyList<int> KPoints,
    double Cutoff,
    IReadOnlyList<string> Remarks
)
{
    public static ExportDocument Of(CalculationInput input) =>
        new(
            input.Crystal.Id,
            input.Folder,
            input.Crystal.Structure.Composition.Formula,
            input.KPoints,
            input.Cutoff,
            input.Remarks
        );

    /// <summary>A line for each, and each remark once.</summary>
    public static void Print(TextWriter output, IReadOnlyList<ExportDocument> inputs)
    {
        TextTable table = new("id", "cell", "k-points", "cut-off, eV", "folder");
        foreach (ExportDocument input in inputs)
        {
            table.Add(
                input.Id,
                input.Composition,
                string.Join(" x ", input.KPoints),
                FormattableString.Invariant($"{input.Cutoff:F0}"),
                input.Folder
            );
        }

        table.Write(output);
    }
}
