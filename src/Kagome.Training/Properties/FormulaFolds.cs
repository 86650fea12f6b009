using System.IO.Hashing;
using System.Text;
using Kagome.Crystals.Compositions;

namespace Kagome.Training.Properties;

/// <summary>Deals formulas out to the folds of a cross-validation: all polymorphs of a formula are of one fold.</summary>
/// <remarks>A function of formula and seed alone: neither other crystals nor their order move a formula.</remarks>
/// <param name="seed">Another seed deals otherwise.</param>
/// <param name="count">Folds.</param>
/// <param name="keptShare">The share of the formulas that are of no fold.</param>
internal sealed class FormulaFolds(long seed, int count, double keptShare)
{
    /// <summary>The fold of a formula, counted from 0; null for one that is of none.</summary>
    public int? Of(Composition composition)
    {
        string formula = string.Concat(composition.Reduced.Counts.Select(pair => $"{pair.Key.Symbol}{pair.Value}"));
        double kept = Draw($"{seed}/kept/{formula}");
        return kept < keptShare ? null : (int)(Draw($"{seed}/fold/{formula}") * count);
    }

    /// <summary>A number from 0 to below 1 that belongs to the text.</summary>
    private static double Draw(string text) =>
        (XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(text)) >> 11) / (double)(1UL << 53);
}
