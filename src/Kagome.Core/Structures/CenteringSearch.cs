using Kagome.Core.Lattices;

namespace Kagome.Core.Structures;

/// <summary>Looks for translations, shorter than the lattice vectors, that leave a crystal as it is.</summary>
/// <remarks>
/// Every cell that is n times smaller has the vectors M⁻¹ · rows of the lattice for one upper triangular M of determinant n.
/// Such cells are tried by growing n, and of those of one n by growing M11, M22, M12, M13, M23.
/// </remarks>
internal sealed class CenteringSearch
{
    private readonly Structure structure;
    private readonly double toleranceAngstrom;
    private readonly CancellationToken cancellationToken;
    private readonly ElementSites[] groups;
    private readonly Fractional tolerance;
    private readonly Lazy<Fractional[]> translations;

    public CenteringSearch(Structure structure, double toleranceAngstrom, CancellationToken cancellationToken)
    {
        this.structure = structure;
        this.toleranceAngstrom = toleranceAngstrom;
        this.cancellationToken = cancellationToken;
        tolerance = FractionalTolerance(structure.Lattice, toleranceAngstrom);
        groups = ElementSites.Of(structure);
        translations = new(ApproximateTranslations);
    }

    /// <summary>The first smaller cell that the atoms agree with, atoms sorted by symbol; null where there is none.</summary>
    public Structure? FindSmallerCell()
    {
        int largestFactor = structure.Composition.FormulaUnits;
        return largestFactor == 1
            ? null
            : Enumerable
                .Range(2, largestFactor - 1)
                .Where(factor => largestFactor % factor == 0)
                .SelectMany(Candidates)
                .Select(TryFold)
                .FirstOrDefault(folded => folded is not null);
    }

    internal static Fractional FractionalTolerance(Lattice lattice, double angstrom) =>
        new(angstrom / lattice.A.Length, angstrom / lattice.B.Length, angstrom / lattice.C.Length);

    /// <summary>Translations that take every atom close to one of its element; 0 is always among them.</summary>
    /// <remarks>Within twice the tolerance, because the two atoms that state the translation may both be displaced.</remarks>
    private Fractional[] ApproximateTranslations()
    {
        ElementSites rarest = groups.MinBy(group => group.Positions.Length)!;
        ElementSites[] fewestFirst = [.. groups.OrderBy(group => group.Positions.Length)];
        Fractional twice = tolerance + tolerance;
        return
        [
            .. rarest
                .Positions.Select(position => position - rarest.Positions[0])
                .Where(translation => fewestFirst.All(group => IsMapped(group, translation))),
        ];

        bool IsMapped(ElementSites group, Fractional translation)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return group.IsMappedBy(translation, twice);
        }
    }

    /// <summary>The matrices of a determinant whose inverse's rows are all close to a translation.</summary>
    private IEnumerable<IntegerMatrix3> Candidates(int determinant) =>
        from first in Divisors(determinant)
        from second in Divisors(determinant / first)
        let third = determinant / first / second
        where IsTranslation(0, 0, 1.0 / third)
        let shears = Enumerable
            .Range(0, second)
            .Where(shear => IsTranslation(0, 1.0 / second, -(double)shear / (second * third)))
            .ToArray()
        from toB in Enumerable.Range(0, first)
        from toC in Enumerable.Range(0, first)
        from shear in shears
        where
            IsTranslation(
                1.0 / first,
                -(double)toB / (first * second),
                ((toB * (double)shear) - (toC * (double)second)) / determinant
            )
        select new IntegerMatrix3(first, toB, toC, 0, second, shear, 0, 0, third);

    private bool IsTranslation(double x, double y, double z)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Fractional wanted = new(x, y, z);
        return translations.Value.Any(translation => ElementSites.AreClose(wanted, translation, tolerance));
    }

    private static IEnumerable<int> Divisors(int number) =>
        Enumerable.Range(1, number).Where(divisor => number % divisor == 0);

    /// <summary>The crystal in the smaller cell, or null where the atoms do not fall onto each other in equal numbers.</summary>
    private Structure? TryFold(IntegerMatrix3 matrix)
    {
        Lattice lattice = new(
            structure.Lattice.ToCartesian(new Fractional(1, 0, 0) / matrix),
            structure.Lattice.ToCartesian(new Fractional(0, 1, 0) / matrix),
            structure.Lattice.ToCartesian(new Fractional(0, 0, 1) / matrix)
        );
        Fractional foldedTolerance = FractionalTolerance(lattice, toleranceAngstrom);
        List<Site> sites = [];
        foreach (ElementSites group in groups)
        {
            if (group.TryFold(matrix, tolerance, foldedTolerance) is not { } positions)
            {
                return null;
            }

            sites.AddRange(positions.Select(position => new Site(group.Element, position)));
        }

        return new Structure(lattice, sites);
    }
}
