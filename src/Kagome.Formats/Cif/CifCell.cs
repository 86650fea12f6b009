using System.Collections.Immutable;
using Kagome.Core.Lattices;
using Kagome.Core.Structures;
using Kagome.Core.Symmetry;

namespace Kagome.Formats.Cif;

/// <summary>Fills a cell with the symmetry images of its sites.</summary>
/// <remarks>
/// Two positions coincide when they differ by at most a tolerance along each lattice vector: a box instead of a ball, so that
/// one look-up a neighbouring box finds all that coincide, however skewed the cell is.
/// </remarks>
internal sealed class CifCell(CifBlock block, Lattice lattice, ImmutableArray<SymmetryOperation> operations)
{
    private readonly Cartesian lengths = new(lattice.A.Length, lattice.B.Length, lattice.C.Length);

    /// <summary>Each site followed by its images, in the order of the operations. Where a cell has no symmetry, positions stay as they are written.</summary>
    /// <exception cref="StructureFormatException">There are too many atoms, or two of them in one place.</exception>
    public IReadOnlyList<Site> Fill(IReadOnlyList<CifSite> sites)
    {
        List<Site> atoms = [];
        List<CifSite> origins = [];
        foreach (CifSite site in sites)
        {
            foreach (Fractional position in Images(site.Site.Position))
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
        return atoms;
    }

    private List<Fractional> Images(Fractional position)
    {
        if (operations.Length == 1)
        {
            return [position];
        }

        Fractional onSpecialPosition = MoveOntoSpecialPosition(position);
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

    private bool Coincide(Fractional first, Fractional second, double tolerance)
    {
        Fractional shift = (first - second).WrapToNearest();
        return Math.Abs(shift.X) * lengths.X <= tolerance
            && Math.Abs(shift.Y) * lengths.Y <= tolerance
            && Math.Abs(shift.Z) * lengths.Z <= tolerance;
    }

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
