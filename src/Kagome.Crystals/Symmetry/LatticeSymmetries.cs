using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Symmetry;

/// <summary>A rotation or reflection of a lattice, and how far in Å it takes the ends of its vectors from lattice points.</summary>
internal readonly record struct LatticeSymmetry(IntegerMatrix3 Rotation, double DeviationAngstrom);

/// <summary>The rotations and reflections that take a lattice onto itself within a tolerance.</summary>
/// <remarks>
/// <para>Of a Niggli cell their matrices have no other entries than -1, 0 and 1.</para>
/// <para>Source: R. W. Grosse-Kunstleve, N. K. Sauter, P. D. Adams, Acta Cryst. A60 (2004) 1-6; lengths and angles are compared as spglib does.</para>
/// </remarks>
internal static class LatticeSymmetries
{
    /// <summary>Angles that differ by less are equal: their sines are rounded.</summary>
    private const double SmallestSineSquared = 1e-12;

    public static IEnumerable<LatticeSymmetry> Of(Lattice reduced, double toleranceAngstrom)
    {
        Cartesian[] vectors = [reduced.A, reduced.B, reduced.C];
        (Fractional Row, Cartesian Vector)[] points =
        [
            .. from x in Enumerable.Range(-1, 3)
            from y in Enumerable.Range(-1, 3)
            from z in Enumerable.Range(-1, 3)
            let row = new Fractional(x, y, z)
            select (row, reduced.ToCartesian(row)),
        ];
        (Fractional Row, Cartesian Vector)[][] images =
        [
            .. vectors.Select(vector =>
                points.Where(point => Math.Abs(point.Vector.Length - vector.Length) < toleranceAngstrom).ToArray()
            ),
        ];
        foreach ((Fractional Row, Cartesian Vector) a in images[0])
        {
            double ofA = Math.Abs(a.Vector.Length - vectors[0].Length);
            foreach ((Fractional Row, Cartesian Vector) b in images[1])
            {
                double ofB = Math.Max(
                    Math.Abs(b.Vector.Length - vectors[1].Length),
                    Turn(a.Vector, b.Vector, vectors[0], vectors[1])
                );
                if (ofB >= toleranceAngstrom)
                {
                    continue;
                }

                foreach ((Fractional Row, Cartesian Vector) c in images[2])
                {
                    double deviation = Math.Max(
                        Math.Max(ofA, ofB),
                        Math.Max(
                            Math.Abs(c.Vector.Length - vectors[2].Length),
                            Math.Max(
                                Turn(a.Vector, c.Vector, vectors[0], vectors[2]),
                                Turn(b.Vector, c.Vector, vectors[1], vectors[2])
                            )
                        )
                    );
                    IntegerMatrix3 rotation = Columns(a.Row, b.Row, c.Row);
                    if (deviation < toleranceAngstrom && rotation.Determinant is (1 or -1))
                    {
                        yield return new(rotation, rotation == IntegerMatrix3.Identity ? 0 : deviation);
                    }
                }
            }
        }
    }

    /// <summary>By how far in Å the ends of two vectors turn against each other where their angle is not that of two others.</summary>
    private static double Turn(Cartesian first, Cartesian second, Cartesian firstBefore, Cartesian secondBefore)
    {
        (double lengths, double lengthsBefore) = (
            first.Length * second.Length,
            firstBefore.Length * secondBefore.Length
        );
        double cosine = first.Dot(second) / lengths;
        double before = firstBefore.Dot(secondBefore) / lengthsBefore;
        double sine =
            (before * Math.Sqrt(Math.Max(0, 1 - (cosine * cosine))))
            - (cosine * Math.Sqrt(Math.Max(0, 1 - (before * before))));
        return sine * sine < SmallestSineSquared
            ? 0
            : Math.Abs(sine)
                * Math.Sqrt((first.Length + firstBefore.Length) * (second.Length + secondBefore.Length))
                / 2;
    }

    private static IntegerMatrix3 Columns(Fractional a, Fractional b, Fractional c) =>
        new((int)a.X, (int)b.X, (int)c.X, (int)a.Y, (int)b.Y, (int)c.Y, (int)a.Z, (int)b.Z, (int)c.Z);
}
