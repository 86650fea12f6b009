using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Structures;

/// <summary>Looks for translations, shorter than the lattice vectors, that leave a crystal as it is.</summary>
/// <remarks>
/// Every cell that is n times smaller has the vectors M⁻¹ · rows of the lattice for one upper triangular M of determinant n.
/// Such cells are tried by growing n, and of those of one n by growing M11, M22, M12, M13, M23.
/// </remarks>
internal sealed class CentringTranslations
{
    private readonly Structure structure;
    private readonly double toleranceAngstrom;
    private readonly CancellationToken cancellationToken;
    private readonly ElementSites[] groups;
    private readonly Fractional tolerance;
    private readonly Lazy<Fractional[]> translations;

    public CentringTranslations(Structure structure, double toleranceAngstrom, CancellationToken cancellationToken)
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

/// <summary>The positions of all atoms of one element in a cell.</summary>
internal sealed record ElementSites(Element Element, Fractional[] Positions)
{
    /// <summary>The atoms of a structure by element, in alphabetical order of the symbols.</summary>
    public static ElementSites[] Of(Structure structure) =>
        [
            .. structure
                .Sites.GroupBy(site => site.Element)
                .OrderBy(group => group.Key.Symbol, StringComparer.Ordinal)
                .Select(group => new ElementSites(group.Key, [.. group.Select(site => site.Position)])),
        ];

    /// <summary>Whether two positions, or copies of them, are closer than the tolerance along each lattice vector.</summary>
    public static bool AreClose(Fractional first, Fractional second, Fractional tolerance)
    {
        Fractional difference = (first - second).WrapToNearest();
        return Math.Abs(difference.X) < tolerance.X
            && Math.Abs(difference.Y) < tolerance.Y
            && Math.Abs(difference.Z) < tolerance.Z;
    }

    /// <summary>Whether the translation takes every atom close to an atom.</summary>
    public bool IsMappedBy(Fractional translation, Fractional tolerance)
    {
        foreach (Fractional position in Positions)
        {
            Fractional moved = position + translation;
            if (!Array.Exists(Positions, other => AreClose(moved, other, tolerance)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The positions in a smaller cell, copies of one atom averaged.</summary>
    /// <remarks>
    /// Null unless the atoms fall into sets of as many as the cells differ by, with all atoms of a set close to each other in the
    /// smaller cell. Atoms that are neighbors in the larger cell are not copies of each other.
    /// </remarks>
    public Fractional[]? TryFold(IntegerMatrix3 matrix, Fractional tolerance, Fractional foldedTolerance)
    {
        int copies = matrix.Determinant;
        Fractional[] folded = [.. Positions.Select(position => position * matrix)];
        int[] set = new int[Positions.Length];
        List<Fractional> averages = [];
        for (int index = 0; index < set.Length; index++)
        {
            int[] members = [.. Enumerable.Range(0, set.Length).Where(other => AreCopies(index, other))];
            if (members.Length != copies)
            {
                return null;
            }

            bool isNew = set[index] == 0;
            if (members.Any(member => set[member] != (isNew ? 0 : set[index])))
            {
                return null; // A is close to B and B to C, but not A to C
            }

            if (isNew)
            {
                averages.Add(Average(members.Select(member => folded[member])));
                Array.ForEach(members, member => set[member] = averages.Count);
            }
        }

        return [.. averages];

        bool AreCopies(int first, int second) =>
            first == second
            || (
                AreClose(folded[first], folded[second], foldedTolerance)
                && !AreNeighbors(Positions[first], Positions[second], tolerance + tolerance)
            );
    }

    private static bool AreNeighbors(Fractional first, Fractional second, Fractional tolerance)
    {
        Fractional difference = (first - second).WrapToNearest();
        return Math.Abs(difference.X) <= tolerance.X
            && Math.Abs(difference.Y) <= tolerance.Y
            && Math.Abs(difference.Z) <= tolerance.Z;
    }

    /// <summary>The mean of positions that lie close together, taken from the first one's nearest copies of the others.</summary>
    private static Fractional Average(IEnumerable<Fractional> positions)
    {
        Fractional mean = default;
        int count = 0;
        foreach (Fractional position in positions)
        {
            count++;
            Fractional offset = count == 1 ? position.Wrap() : (position - mean).WrapToNearest();
            mean += new Fractional(offset.X / count, offset.Y / count, offset.Z / count);
        }

        return mean;
    }
}
