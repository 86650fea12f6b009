using System.Collections.Immutable;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;
using Kagome.Formats.Text;

namespace Kagome.Formats.Cif;

/// <summary>Fills a cell with the symmetry images of its sites.</summary>
/// <remarks>
/// Two positions coincide when they differ by at most a tolerance along each lattice vector: a box instead of a ball, so that
/// one look-up a neighbouring box finds all that coincide, however skewed the cell is.
/// </remarks>
internal sealed class CifCell(CifBlock block, Lattice lattice, ImmutableArray<SymmetryOperation> operations)
{
    private readonly Cartesian lengths = new(lattice.A.Length, lattice.B.Length, lattice.C.Length);
    private readonly CifSpecialPosition special = new(operations);
    private readonly List<(CifSite Site, Fractional Position)> moved = [];

    /// <summary>Each site followed by its images, in the order of the operations. Where a cell has no symmetry, positions stay as they are written.</summary>
    /// <exception cref="StructureFormatException">There are too many atoms, or two of them in one place.</exception>
    public IReadOnlyList<Site> Fill(IReadOnlyList<CifSite> sites)
    {
        List<Site> atoms = [];
        List<CifSite> origins = [];
        foreach (CifSite site in sites)
        {
            foreach (Fractional position in Images(site))
            {
                atoms.Add(site.Site with { Position = position });
                origins.Add(site);
            }

            if (atoms.Count > FormatLimits.MaximumAtoms)
            {
                throw block.ProblemAt(
                    site.Source,
                    $"symmetry makes more than {FormatLimits.MaximumAtoms} atoms of the sites; expected at most as many."
                );
            }
        }

        CheckPlaces(atoms, origins);
        RemarkMoved();
        RemarkTooClose(atoms, origins);
        return atoms;
    }

    private List<Fractional> Images(CifSite site)
    {
        Fractional position = site.Site.Position;
        if (operations.Length == 1)
        {
            return [position];
        }

        Fractional onSpecialPosition = special.Within(position, site.Precision) ?? MoveOntoSpecialPosition(position);
        if (onSpecialPosition != position)
        {
            moved.Add((site, onSpecialPosition));
        }

        List<Fractional> images = [onSpecialPosition];
        foreach (SymmetryOperation operation in operations)
        {
            Fractional image = operation.Apply(onSpecialPosition).Wrap();
            if (!images.Exists(other => Coincide(image, other, CifConstants.SpecialPositionTolerance)))
            {
                images.Add(image);
            }
        }

        return images;
    }

    /// <summary>The mean of the images that coincide with a position: 0.333 becomes a third where a threefold axis passes.</summary>
    private Fractional MoveOntoSpecialPosition(Fractional position)
    {
        Fractional sum = default;
        int count = 0;
        foreach (SymmetryOperation operation in operations)
        {
            Fractional shift = (operation.Apply(position) - position).WrapToNearest();
            if (Coincide(shift, default, CifConstants.SpecialPositionTolerance))
            {
                sum += shift;
                count++;
            }
        }

        return count <= 1 ? position : position + new Fractional(sum.X / count, sum.Y / count, sum.Z / count);
    }

    /// <summary>Doubts images of a site that are no atoms of their own: its coordinates are cut off, or the operations are of another setting.</summary>
    private void RemarkTooClose(List<Site> atoms, List<CifSite> origins)
    {
        for (int atom = 1, first = 0; atom < atoms.Count; atom++)
        {
            first = origins[atom] == origins[first] ? first : atom;
            Fractional shift = (atoms[atom].Position - atoms[first].Position).WrapToNearest();
            if (atom != first && lattice.ToCartesian(shift).Length is var distance and < CifConstants.TooClose)
            {
                block.Remark(
                    origins[atom].Source,
                    $"site {origins[atom].Name} at {Text(origins[atom].Site.Position)} is {distance:0.###} Å from an image of itself: one of its coordinates may be cut off instead of rounded, or the setting may be another."
                );
                return;
            }
        }
    }

    private void RemarkMoved()
    {
        (CifSite Site, Fractional Position)[] far =
        [
            .. moved.Where(one =>
                !IsOfFourDigits(one.Position - one.Site.Site.Position)
                || !IsWithin(one.Position - one.Site.Site.Position, CifConstants.UnremarkedMove)
            ),
        ];
        if (far.Length > 0)
        {
            (CifSite site, Fractional position) = far[0];
            block.Remark(
                site.Source,
                $"site {site.Name} at {Text(site.Site.Position)} was moved to {Text(position)}, where symmetry holds it"
                    + $"{(far.Length > 1 ? $", and {far.Length - 1} more sites likewise" : "")}: rounded coordinates do not say which atoms are one."
            );
        }
    }

    /// <summary>Whether a move is one that rounding to four digits explains: too common to tell of.</summary>
    private static bool IsOfFourDigits(Fractional move) =>
        Math.Max(Math.Abs(move.X), Math.Max(Math.Abs(move.Y), Math.Abs(move.Z))) <= CifConstants.RoundingOfFourDigits;

    private bool Coincide(Fractional first, Fractional second, double tolerance) =>
        IsWithin((first - second).WrapToNearest(), tolerance);

    private bool IsWithin(Fractional shift, double angstrom) =>
        Math.Abs(shift.X) * lengths.X <= angstrom
        && Math.Abs(shift.Y) * lengths.Y <= angstrom
        && Math.Abs(shift.Z) * lengths.Z <= angstrom;

    private void CheckPlaces(List<Site> atoms, List<CifSite> origins)
    {
        CoincidenceGrid grid = new(lengths, CifConstants.SharedPlaceTolerance);
        for (int atom = 0; atom < atoms.Count; atom++)
        {
            Fractional position = atoms[atom].Position.Wrap();
            foreach (int other in grid.Nearby(position))
            {
                if (Coincide(position, atoms[other].Position, CifConstants.SharedPlaceTolerance))
                {
                    throw block.ProblemAt(
                        origins[atom].Source,
                        $"sites {origins[other].Name} and {origins[atom].Name} share the place {Text(position)}; "
                            + "expected one atom a place. Choose one of a disordered pair, and list symmetry images once."
                    );
                }
            }

            grid.Add(position, atom);
        }
    }

    private static string Text(Fractional position) =>
        $"({position.X:0.####}, {position.Y:0.####}, {position.Z:0.####})";
}

/// <summary>Boxes of at least a tolerance along each lattice vector: atoms that coincide lie in one box or in neighbours.</summary>
internal sealed class CoincidenceGrid
{
    private readonly Dictionary<(int X, int Y, int Z), int> atoms = [];
    private readonly (int X, int Y, int Z) count;

    /// <param name="lengths">Lengths of the lattice vectors in Å.</param>
    /// <param name="tolerance">In Å.</param>
    public CoincidenceGrid(Cartesian lengths, double tolerance) =>
        count = (Boxes(lengths.X / tolerance), Boxes(lengths.Y / tolerance), Boxes(lengths.Z / tolerance));

    /// <summary>Atoms in the boxes at and around a position, which lies in [0, 1).</summary>
    public IEnumerable<int> Nearby(Fractional position)
    {
        (int x, int y, int z) = BoxOf(position);
        for (int near = 0; near < 27; near++)
        {
            (int, int, int) box = (
                Wrap(x + (near % 3) - 1, count.X),
                Wrap(y + (near / 3 % 3) - 1, count.Y),
                Wrap(z + (near / 9) - 1, count.Z)
            );
            if (atoms.TryGetValue(box, out int atom))
            {
                yield return atom;
            }
        }
    }

    /// <summary>Puts an atom into its box, which no other shares: boxes are hardly wider than the tolerance, and those that coincide are refused.</summary>
    public void Add(Fractional position, int atom) => atoms[BoxOf(position)] = atom;

    private static int Boxes(double ratio) => Math.Max(1, (int)ratio);

    private static int Wrap(int index, int count) => (index + count) % count;

    private (int X, int Y, int Z) BoxOf(Fractional position) =>
        ((int)(position.X * count.X), (int)(position.Y * count.Y), (int)(position.Z * count.Z));
}
