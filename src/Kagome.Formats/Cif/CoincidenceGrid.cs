using Kagome.Core.Lattices;

namespace Kagome.Formats.Cif;

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
