using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Crystals.Symmetry;

/// <summary>Finds the primitive cell of a crystal within a tolerance.</summary>
internal static class PrimitiveSearch
{
    /// <summary>Where translations are no lattice, the tolerance becomes this part of itself: spglib's way out.</summary>
    private const double Tightening = 0.95;

    private const int MostTightenings = 60;

    /// <summary>How many tolerances apart two copies of an atom may be where both are within one of their place.</summary>
    private const double LargestSpread = 2;

    /// <summary>The primitive cell; null where the cell that is given is too skewed to be counted in integers.</summary>
    /// <param name="given">The crystal.</param>
    /// <param name="reduced">A reduced cell of its lattice.</param>
    /// <param name="toleranceAngstrom">How far atoms may be from where a translation takes them.</param>
    public static PrimitiveCrystal? Of(Structure given, ReducedLattice reduced, double toleranceAngstrom)
    {
        Structure cell = NiggliCell.Of(given, reduced);
        if (IntegerMatrix3.Identity.DividedBy(reduced.Transform) is not { } givenInReduced)
        {
            return null;
        }

        AtomLookup lookup = new(cell);
        for (int attempt = 0; attempt < MostTightenings && lookup.Rarest.Length > 1; attempt++)
        {
            if (
                PureTranslations.Find(cell, lookup, toleranceAngstrom) is { } translations
                && TryReduce(cell, translations, givenInReduced, toleranceAngstrom, out PrimitiveCrystal? primitive)
            )
            {
                return primitive;
            }

            toleranceAngstrom *= Tightening;
        }

        return new PrimitiveCrystal(cell, givenInReduced, [.. Enumerable.Range(0, given.AtomCount)], toleranceAngstrom);
    }

    private static bool TryReduce(
        Structure cell,
        PureTranslations translations,
        IntegerMatrix3 givenInReduced,
        double toleranceAngstrom,
        out PrimitiveCrystal? primitive
    )
    {
        primitive = null;
        int denominator = (int)translations.Denominator;
        Lattice enlarged = cell.Lattice.Transform(translations.Rows);
        Lattice small = new(Scaled(enlarged.A), Scaled(enlarged.B), Scaled(enlarged.C));
        if (
            !NiggliReduction.TryReduce(small, out ReducedLattice? reduced)
            || IntegerMatrix3.Diagonal(denominator, denominator, denominator).DividedBy(translations.Rows)
                is not { } cellInSmall
            || cellInSmall.DividedBy(reduced.Transform) is not { } cellInPrimitive
            || givenInReduced.TimesExactly(cellInPrimitive) is not { } given
        )
        {
            return false;
        }

        int[] atomOf = new int[cell.AtomCount];
        List<Site> sites = [];
        foreach (int[] atoms in translations.Classes)
        {
            Fractional first = cell.Sites[atoms[0]].Position * cellInPrimitive;
            Fractional sum = default;
            foreach (int atom in atoms)
            {
                Fractional way = ((cell.Sites[atom].Position * cellInPrimitive) - first).WrapToNearest();
                if (reduced.Lattice.ToCartesian(way).Length > LargestSpread * toleranceAngstrom)
                {
                    return false;
                }

                sum += way;
                atomOf[atom] = sites.Count;
            }

            double share = 1.0 / atoms.Length;
            Fractional mean = first + new Fractional(share * sum.X, share * sum.Y, share * sum.Z);
            sites.Add(new(cell.Sites[atoms[0]].Element, mean.Wrap()));
        }

        primitive = new PrimitiveCrystal(new(reduced.Lattice, sites), given, [.. atomOf], toleranceAngstrom);
        return true;

        Cartesian Scaled(Cartesian vector) => 1.0 / denominator * vector;
    }
}
