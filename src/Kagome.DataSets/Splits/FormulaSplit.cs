using Kagome.Core.Compositions;

namespace Kagome.DataSets.Splits;

/// <summary>Sorts crystals into parts by their formulas, so that all polymorphs of one are in the same part.</summary>
/// <remarks>
/// The last named part takes the formulas of the lowest <see cref="FormulaHash.Share"/>, the one before it the next, and the first all that
/// are left: with train 0.9 and val 0.1, val is all that hash below 0.1, whatever else the data set holds.
/// </remarks>
public sealed class FormulaSplit
{
    private const double SumTolerance = 1e-6;

    private readonly long seed;
    private readonly (string Name, double End)[] parts;

    /// <exception cref="ArgumentException">Names are empty or alike, a share is not above 0, or the shares do not add up to 1.</exception>
    public FormulaSplit(IReadOnlyList<SplitShare> shares, long seed = 0)
    {
        Check(shares);
        this.seed = seed;
        double end = 0;
        parts = [.. shares.Reverse().Select(share => (share.Name, end += share.Share))];
    }

    /// <summary>The name of the part that a formula, and every crystal of it, belongs to.</summary>
    public string PartOf(Composition composition)
    {
        double share = FormulaHash.Share(composition, seed);
        foreach ((string name, double end) in parts)
        {
            if (share < end)
            {
                return name;
            }
        }

        return parts[^1].Name;
    }

    private static void Check(IReadOnlyList<SplitShare> shares)
    {
        if (shares.FirstOrDefault(share => !(share.Share > 0 && share.Share <= 1)) is { } wrong)
        {
            throw new ArgumentException(
                $"the share of '{wrong.Name}' is {wrong.Share}; expected a number above 0, at most 1."
            );
        }

        if (shares.GroupBy(share => share.Name, StringComparer.OrdinalIgnoreCase).Any(same => same.Count() > 1))
        {
            throw new ArgumentException("two shares have the same name; expected names such as train and val.");
        }

        double sum = shares.Sum(share => share.Share);
        if (!(Math.Abs(sum - 1) <= SumTolerance))
        {
            throw new ArgumentException($"the shares add up to {sum:G6}; expected 1, such as train=0.9,val=0.1.");
        }
    }
}
