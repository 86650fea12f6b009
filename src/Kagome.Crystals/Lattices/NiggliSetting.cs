namespace Kagome.Crystals.Lattices;

/// <summary>
/// Symmetric lattices have several sets of vectors with the lengths and angles of the Niggli cell: this picks one of them.
/// </summary>
/// <remarks>
/// The set that pymatgen 2022.11.7 picks (see <see cref="NiggliConvention.Pymatgen"/>): the first in the order
/// of vectors with negative x, then y, then z first, and among those of the same signs in falling order of the whole numbers
/// that make them from the given lattice.
/// </remarks>
internal sealed class NiggliSetting
{
    /// <summary>Needles have so many vectors in reach that none is picked; the set that the reduction found stays.</summary>
    private const double MaximumVectors = 20_000;

    /// <summary>The length in Å below which a coordinate counts as negative.</summary>
    private const double NegativeBelow = -1e-8;

    private const double AngleToleranceDegrees = 1;

    private readonly ReducedLattice found;
    private readonly LatticeParameters parameters;
    private readonly double lengthFactor;

    /// <param name="found">Any set with the lengths and angles of the Niggli cell.</param>
    /// <param name="lengthTolerance">Lengths that differ by less than this part are equal.</param>
    public NiggliSetting(ReducedLattice found, double lengthTolerance)
    {
        this.found = found;
        parameters = found.Lattice.Parameters;
        lengthFactor = 1 + lengthTolerance;
    }

    public ReducedLattice Choose()
    {
        List<Candidate> candidates = Candidates();
        foreach (Candidate a in candidates.Where(candidate => candidate.IsLikeA))
        {
            foreach (Candidate b in candidates)
            {
                if (!b.IsLikeB || !IsNear(a, b, parameters.Gamma))
                {
                    continue;
                }

                foreach (Candidate c in candidates)
                {
                    if (
                        c.IsLikeC
                        && IsNear(b, c, parameters.Alpha)
                        && IsNear(a, c, parameters.Beta)
                        && TrySet(a, b, c) is { } chosen
                    )
                    {
                        return chosen;
                    }
                }
            }
        }

        return found;
    }

    private List<Candidate> Candidates()
    {
        Lattice reciprocal = found.Lattice.Reciprocal;
        double reach = parameters.C * lengthFactor;
        (double alongA, double alongB, double alongC) = (
            Math.Floor(reach * reciprocal.A.Length),
            Math.Floor(reach * reciprocal.B.Length),
            Math.Floor(reach * reciprocal.C.Length)
        );
        List<Candidate> candidates = [];
        if (((2 * alongA) + 1) * ((2 * alongB) + 1) * ((2 * alongC) + 1) > MaximumVectors)
        {
            return candidates;
        }

        for (double a = -alongA; a <= alongA; a++)
        {
            for (double b = -alongB; b <= alongB; b++)
            {
                for (double c = -alongC; c <= alongC; c++)
                {
                    AddWhereLike(new(a, b, c), candidates);
                }
            }
        }

        candidates.Sort();
        return candidates;
    }

    private void AddWhereLike(Fractional inFound, List<Candidate> candidates)
    {
        Cartesian vector = found.Lattice.ToCartesian(inFound);
        double length = vector.Length;
        (bool isLikeA, bool isLikeB, bool isLikeC) = (IsLike(parameters.A), IsLike(parameters.B), IsLike(parameters.C));
        if (isLikeA || isLikeB || isLikeC)
        {
            candidates.Add(new(found.ToOriginal(inFound), vector, length, isLikeA, isLikeB, isLikeC));
        }

        bool IsLike(double other) => length < other * lengthFactor && length * lengthFactor > other;
    }

    private static bool IsNear(in Candidate first, in Candidate second, double angle)
    {
        double cosine = first.Vector.Dot(second.Vector) / (first.Length * second.Length);
        return Math.Abs((Math.Acos(Math.Clamp(cosine, -1, 1)) * 180 / Math.PI) - angle) < AngleToleranceDegrees;
    }

    private ReducedLattice? TrySet(in Candidate a, in Candidate b, in Candidate c)
    {
        IntegerMatrix3 rows = new(
            (int)a.Row.X,
            (int)a.Row.Y,
            (int)a.Row.Z,
            (int)b.Row.X,
            (int)b.Row.Y,
            (int)b.Row.Z,
            (int)c.Row.X,
            (int)c.Row.Y,
            (int)c.Row.Z
        );
        if (rows.Determinant is not (1 or -1))
        {
            return null;
        }

        Lattice chosen = new(a.Vector, b.Vector, c.Vector);
        return chosen.Determinant > 0
            ? new(chosen, rows)
            : new(new(-1 * a.Vector, -1 * b.Vector, -1 * c.Vector), IntegerMatrix3.Diagonal(-1, -1, -1) * rows);
    }

    private readonly record struct Candidate(
        Fractional Row,
        Cartesian Vector,
        double Length,
        bool IsLikeA,
        bool IsLikeB,
        bool IsLikeC
    ) : IComparable<Candidate>
    {
        private (bool, bool, bool) IsPositive =>
            (Vector.X >= NegativeBelow, Vector.Y >= NegativeBelow, Vector.Z >= NegativeBelow);

        public int CompareTo(Candidate other)
        {
            int bySigns = IsPositive.CompareTo(other.IsPositive);
            return bySigns != 0 ? bySigns : (other.Row.X, other.Row.Y, other.Row.Z).CompareTo((Row.X, Row.Y, Row.Z));
        }
    }
}
