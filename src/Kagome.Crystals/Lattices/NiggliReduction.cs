using System.Diagnostics.CodeAnalysis;

namespace Kagome.Crystals.Lattices;

/// <summary>The one cell that stands for a lattice, whatever cell it was given in.</summary>
/// <remarks>
/// <para>
/// Source: R. W. Grosse-Kunstleve, N. K. Sauter, P. D. Adams, Acta Cryst. A60 (2004) 1-6 (doi:10.1107/S010876730302186X): steps
/// A1 to A8, compared with the tolerance ε = relativeTolerance · V^(1/3). As there, ε is compared with squared lengths in Å².
/// </para>
/// <para>Differs: the vectors are first made short by <see cref="LllReduction"/>, which leaves few steps.</para>
/// </remarks>
public static class NiggliReduction
{
    /// <summary>What lengths and angles may differ by and still count as equal, relative to V^(1/3); as in pymatgen.</summary>
    public const double DefaultRelativeTolerance = 1e-5;

    private const int MaximumSteps = 1000;

    /// <summary>What the tolerance is multiplied by where it does not lead to an end.</summary>
    private static readonly double[] OtherTolerances = [10, 0.1, 100, 0.01];

    /// <summary>A tolerance near the shortest squared length would take every length for equal; no crystal comes near this bound.</summary>
    private const double LargestToleranceOfShortest = 1e-3;

    /// <summary>Makes the vectors of the Niggli cell of a lattice.</summary>
    /// <exception cref="ArgumentException">The vectors are too different or too skewed for double precision.</exception>
    public static ReducedLattice Reduce(
        Lattice lattice,
        double relativeTolerance = DefaultRelativeTolerance,
        NiggliConvention convention = NiggliConvention.Strict
    ) =>
        TryReduce(lattice, out ReducedLattice? reduced, relativeTolerance, convention)
            ? reduced
            : throw new ArgumentException(
                $"Lattice vectors {lattice.A}, {lattice.B}, {lattice.C} have no Niggli cell in double precision; "
                    + "expected lengths within a factor of about 1e8 of each other.",
                nameof(lattice)
            );

    /// <summary>Reduces a lattice, or returns false where its vectors are too different or too skewed for double precision.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is not a number of 0 or above.</exception>
    public static bool TryReduce(
        Lattice lattice,
        [NotNullWhen(true)] out ReducedLattice? reduced,
        double relativeTolerance = DefaultRelativeTolerance,
        NiggliConvention convention = NiggliConvention.Strict
    )
    {
        if (!double.IsFinite(relativeTolerance) || relativeTolerance < 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(relativeTolerance),
                relativeTolerance,
                $"The relative tolerance of Niggli reduction is {relativeTolerance}; expected 0 or above, such as 1e-5."
            );
        }

        ReductionBasis basis = new(lattice);
        double tolerance = relativeTolerance * Math.Cbrt(lattice.Volume);
        // without a new look between A1 and A3 some cells go round in circles, of which pymatgen leaves off at the hundredth
        bool isReduced =
            LllReduction.TryReduce(basis)
            && (
                TryRunSteps(basis, tolerance, convention)
                || (convention == NiggliConvention.Pymatgen && TryRunSteps(basis, tolerance, NiggliConvention.Strict))
                // where lengths differ by about the tolerance, steps may go round in circles, too
                || Array.Exists(
                    OtherTolerances,
                    factor => TryRunSteps(basis, factor * tolerance, NiggliConvention.Strict)
                )
            );
        reduced = isReduced ? basis.ToLattice() : null;
        if (reduced is not null && convention == NiggliConvention.Pymatgen)
        {
            reduced = new NiggliSetting(reduced, tolerance).Choose();
        }

        return reduced is not null;
    }

    private static bool TryRunSteps(ReductionBasis basis, double tolerance, NiggliConvention convention)
    {
        double shortestSquared = Math.Min(basis.Dot(0, 0), Math.Min(basis.Dot(1, 1), basis.Dot(2, 2)));
        double epsilon = Math.Min(tolerance, LargestToleranceOfShortest * shortestSquared);
        return new NiggliSteps(basis, epsilon, convention).TryRun(MaximumSteps);
    }
}

/// <summary>The set of vectors that stands for a lattice.</summary>
public enum NiggliConvention
{
    /// <summary>Vectors that meet the conditions of Niggli.</summary>
    Strict,

    /// <summary>
    /// The vectors that pymatgen 2022.11.7's Lattice.get_niggli_reduced_lattice returns, for results that depend on the choice.
    /// </summary>
    /// <remarks>
    /// It picks one of the sets that a symmetric lattice has (<see cref="NiggliSetting"/>), and, as it does not look at the
    /// vectors again between steps A1 and A3, some cells keep angles of both kinds and thereby a longer c.
    /// </remarks>
    Pymatgen,
}
