using System.IO.Hashing;
using System.Text;
using Kagome.Crystals.Compositions;

namespace Kagome.DataSets;

/// <summary>A number that belongs to a formula: the same for all polymorphs and all descriptions of them, on every machine.</summary>
/// <remarks>
/// XxHash64, with a seed, of the reduced formula in UTF-8: symbols by atomic number, the count always written, such as Na1Cl1. Files made
/// elsewhere depend on it: it must not change.
/// </remarks>
public static class FormulaHash
{
    /// <summary>The reduced formula as it is hashed: O3Ti1Sr1 for SrTiO3.</summary>
    public static string Key(Composition composition)
    {
        StringBuilder key = new();
        foreach ((Crystals.Elements.Element element, int count) in composition.Counts)
        {
            key.Append(element.Symbol).Append(count / composition.FormulaUnits);
        }

        return key.ToString();
    }

    /// <summary>The hash of the formula's <see cref="Key"/>. Other seeds give other hashes, such as for another split.</summary>
    public static ulong Of(Composition composition, long seed = 0) =>
        XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(Key(composition)), seed);

    /// <summary>The hash as a share of all hashes: 0 to 1, spread evenly over formulas.</summary>
    public static double Share(Composition composition, long seed = 0) =>
        Of(composition, seed) / (double)ulong.MaxValue;
}
