using System.Globalization;
using Kagome.Evaluation;

namespace Kagome.Reports.Markdown;

/// <summary>Figures with as many digits as papers give.</summary>
internal static class FigureText
{
    public const string None = "–";

    /// <summary>In percent: 7.50 (0.0 to 17.5).</summary>
    public static string Share(Estimate? estimate) =>
        estimate is null
            ? None
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{100 * estimate.Value:F2} ({100 * estimate.Low:F1} to {100 * estimate.High:F1})"
            );

    /// <summary>In units of (V/N)^(1/3): 0.1000 (0.043 to 0.172).</summary>
    public static string Distance(Estimate? estimate) =>
        estimate is null
            ? None
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{estimate.Value:F4} ({estimate.Low:F3} to {estimate.High:F3})"
            );
}
