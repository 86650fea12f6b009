using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Matching;

/// <summary>Finds all sets of vectors of one lattice whose lengths and angles are like those of another.</summary>
/// <remarks>The lattice is reduced. The sets span all of it, where it has the volume of the other, or a sublattice of a given index.</remarks>
internal sealed class LatticeMappingSearch
{
    /// <summary>Crystals have some hundred vectors in reach; cells with so many are needles or plates of atomic thickness.</summary>
    private const double MaximumVectors = 1e6;

    private readonly LatticeParameters wanted;
    private readonly int index;
    private readonly Window alpha;
    private readonly Window beta;
    private readonly Window gamma;
    private readonly List<Candidate> likeA = [];
    private readonly List<Candidate> likeB = [];
    private readonly List<Candidate> likeC = [];

    /// <param name="lattice">Reduced.</param>
    /// <param name="wanted">Lengths and angles to look for.</param>
    /// <param name="options">How far lengths and angles may be off.</param>
    /// <param name="index">Cells of the lattice in the cell that is wanted.</param>
    public LatticeMappingSearch(Lattice lattice, LatticeParameters wanted, MatcherOptions options, int index = 1)
    {
        (this.wanted, this.index) = (wanted, index);
        alpha = Window.OfCosine(wanted.Alpha, options.AngleTol);
        beta = Window.OfCosine(wanted.Beta, options.AngleTol);
        gamma = Window.OfCosine(wanted.Gamma, options.AngleTol);
        CollectVectors(lattice, 1 + options.Ltol);
    }

    /// <summary>There are too many vectors to look at: the search finds nothing.</summary>
    public bool IsLimitExceeded { get; private set; }

    /// <param name="limit">Ends the search; plates have so many vectors that looking at all sets takes hours.</param>
    public IEnumerable<LatticeMapping> Mappings(CancellationToken limit)
    {
        List<Candidate> likeCForA = [];
        foreach (Candidate a in likeA)
        {
            likeCForA.Clear();
            foreach (Candidate c in likeC)
            {
                if (beta.Contains(a.Direction.Dot(c.Direction)))
                {
                    likeCForA.Add(c);
                }
            }

            foreach (Candidate b in likeB)
            {
                if (limit.IsCancellationRequested)
                {
                    yield break;
                }

                if (!gamma.Contains(a.Direction.Dot(b.Direction)))
                {
                    continue;
                }

                foreach (Candidate c in likeCForA)
                {
                    if (alpha.Contains(b.Direction.Dot(c.Direction)) && Math.Abs(Determinant(a, b, c)) == index)
                    {
                        yield return Mapping(a, b, c);
                    }
                }
            }
        }
    }

    private void CollectVectors(Lattice lattice, double factor)
    {
        Lattice reciprocal = lattice.Reciprocal;
        double reach = factor * Math.Max(wanted.A, Math.Max(wanted.B, wanted.C));
        (double alongA, double alongB, double alongC) = (
            Math.Floor(reach * reciprocal.A.Length),
            Math.Floor(reach * reciprocal.B.Length),
            Math.Floor(reach * reciprocal.C.Length)
        );
        IsLimitExceeded = !(((2 * alongA) + 1) * ((2 * alongB) + 1) * ((2 * alongC) + 1) <= MaximumVectors);
        for (int x = (int)-alongA; x <= alongA && !IsLimitExceeded; x++)
        {
            for (int y = (int)-alongB; y <= alongB; y++)
            {
                for (int z = (int)-alongC; z <= alongC; z++)
                {
                    AddWhereLike(x, y, z, lattice.ToCartesian(new(x, y, z)), factor);
                }
            }
        }
    }

    private void AddWhereLike(int x, int y, int z, Cartesian vector, double factor)
    {
        double length = vector.Length;
        bool isLikeA = IsLike(wanted.A);
        bool isLikeB = IsLike(wanted.B);
        bool isLikeC = IsLike(wanted.C);
        if (!isLikeA && !isLikeB && !isLikeC)
        {
            return;
        }

        Candidate candidate = new(x, y, z, length, 1 / length * vector);
        AddIf(isLikeA, likeA);
        AddIf(isLikeB, likeB);
        AddIf(isLikeC, likeC);

        bool IsLike(double other) => length < other * factor && length * factor > other;

        void AddIf(bool isLike, List<Candidate> list)
        {
            if (isLike)
            {
                list.Add(candidate);
            }
        }
    }

    private static long Determinant(in Candidate a, in Candidate b, in Candidate c) =>
        (a.X * (((long)b.Y * c.Z) - ((long)b.Z * c.Y)))
        - (a.Y * (((long)b.X * c.Z) - ((long)b.Z * c.X)))
        + (a.Z * (((long)b.X * c.Y) - ((long)b.Y * c.X)));

    private static LatticeMapping Mapping(in Candidate a, in Candidate b, in Candidate c) =>
        new(
            new(a.X, a.Y, a.Z, b.X, b.Y, b.Z, c.X, c.Y, c.Z),
            new(
                a.Length,
                b.Length,
                c.Length,
                Window.Degrees(b.Direction.Dot(c.Direction)),
                Window.Degrees(a.Direction.Dot(c.Direction)),
                Window.Degrees(a.Direction.Dot(b.Direction))
            )
        );

    /// <summary>A lattice vector with its length in Å and the unit vector along it.</summary>
    private readonly record struct Candidate(int X, int Y, int Z, double Length, Cartesian Direction);

    /// <summary>The cosines of the angles within a tolerance of an angle.</summary>
    private readonly record struct Window(double Smallest, double Largest)
    {
        public static Window OfCosine(double degrees, double tolerance) =>
            new(
                degrees + tolerance > 180 ? double.NegativeInfinity : Math.Cos((degrees + tolerance) * Math.PI / 180),
                degrees - tolerance < 0 ? double.PositiveInfinity : Math.Cos((degrees - tolerance) * Math.PI / 180)
            );

        public static double Degrees(double cosine) => Math.Acos(Math.Clamp(cosine, -1, 1)) * 180 / Math.PI;

        public bool Contains(double cosine) => cosine > Smallest && cosine < Largest;
    }
}

/// <summary>Three vectors of one lattice that are like the three vectors of another.</summary>
/// <param name="Transform">Makes the vectors from those of their lattice. Its determinant is the index, or its negative.</param>
/// <param name="Parameters">Their lengths and angles.</param>
internal readonly record struct LatticeMapping(IntegerMatrix3 Transform, LatticeParameters Parameters);
