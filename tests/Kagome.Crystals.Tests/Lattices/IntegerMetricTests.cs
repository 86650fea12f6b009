using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Tests.Lattices;

/// <summary>
/// Niggli cells of lattices whose products are small whole numbers, so that lengths are equal and vectors lie at the edge of a condition as
/// often as can be: real crystals of high symmetry are such lattices, and random ones never are.
/// </summary>
public sealed class IntegerMetricTests
{
    private static readonly IntegerMatrix3[] OtherDescriptions =
    [
        new(0, 0, 1, 1, 0, 0, 0, 1, 0),
        new(1, 1, 0, 0, 1, 0, 0, 0, 1),
        new(1, 0, 0, -2, 1, 0, 1, 3, 1),
        new(2, 1, 0, 1, 1, 0, -1, 0, 1),
    ];

    /// <summary>A, B, C, ξ, η, ζ of the vectors: a·a, b·b, c·c, 2b·c, 2a·c, 2a·b.</summary>
    private static IEnumerable<(Metric Metric, Lattice Lattice)> Lattices =>
        from a in Enumerable.Range(2, 3)
        from b in Enumerable.Range(2, 3)
        from c in Enumerable.Range(2, 3)
        from xi in Enumerable.Range(-4, 9)
        from eta in Enumerable.Range(-4, 9)
        from zeta in Enumerable.Range(-4, 9)
        let metric = new Metric(a, b, c, xi, eta, zeta)
        where metric.Determinant > 0
        select (metric, metric.ToLattice());

    [Fact]
    public void Reduce_lattice_of_whole_products_meets_all_conditions_of_Niggli() =>
        Assert.All(
            Lattices,
            pair =>
            {
                ReducedLattice reduced = NiggliReduction.Reduce(pair.Lattice);
                Metric metric = Metric.Of(reduced.Lattice);
                Assert.Null(metric.BrokenCondition);
                Assert.Equal(pair.Metric.Determinant, metric.Determinant);
                Assert.True(reduced.Lattice.Determinant > 0);
            }
        );

    [Fact]
    public void Reduce_lattice_of_whole_products_does_not_depend_on_its_description() =>
        Assert.All(
            Lattices.Where((_, at) => at % 5 == 0),
            pair =>
            {
                Metric expected = Metric.Of(NiggliReduction.Reduce(pair.Lattice).Lattice);
                foreach (IntegerMatrix3 description in OtherDescriptions)
                {
                    Lattice other = pair.Lattice.Transform(description);
                    Assert.Equal(expected, Metric.Of(NiggliReduction.Reduce(other).Lattice));
                }
            }
        );

    private sealed record Metric(int A, int B, int C, int Xi, int Eta, int Zeta)
    {
        /// <summary>Four times the determinant of the Gram matrix.</summary>
        public int Determinant =>
            (4 * A * B * C) + (Xi * Eta * Zeta) - (A * Xi * Xi) - (B * Eta * Eta) - (C * Zeta * Zeta);

        /// <summary>The first condition that does not hold: International Tables for Crystallography A (2016), section 3.1.3, type I and II.</summary>
        public string? BrokenCondition
        {
            get
            {
                bool allPositive = Xi > 0 && Eta > 0 && Zeta > 0;
                bool nonePositive = Xi <= 0 && Eta <= 0 && Zeta <= 0;
                int diagonal = A + B + Xi + Eta + Zeta;
                (bool Holds, string Name)[] conditions =
                [
                    (A <= B && B <= C, "A <= B <= C"),
                    (allPositive || nonePositive, "one type"),
                    (Math.Abs(Xi) <= B && Math.Abs(Eta) <= A && Math.Abs(Zeta) <= A, "|ξ| <= B, |η| <= A, |ζ| <= A"),
                    (diagonal >= 0, "A + B + ξ + η + ζ >= 0"),
                    (A != B || Math.Abs(Xi) <= Math.Abs(Eta), "A = B: |ξ| <= |η|"),
                    (B != C || Math.Abs(Eta) <= Math.Abs(Zeta), "B = C: |η| <= |ζ|"),
                    (Xi != B || Zeta <= 2 * Eta, "ξ = B: ζ <= 2η"),
                    (Eta != A || Zeta <= 2 * Xi, "η = A: ζ <= 2ξ"),
                    (Zeta != A || Eta <= 2 * Xi, "ζ = A: η <= 2ξ"),
                    (Xi != -B || Zeta == 0, "ξ = -B: ζ = 0"),
                    (Eta != -A || Zeta == 0, "η = -A: ζ = 0"),
                    (Zeta != -A || Eta == 0, "ζ = -A: η = 0"),
                    (diagonal != 0 || (2 * (A + Eta)) + Zeta <= 0, "A + B + ξ + η + ζ = 0: 2A + 2η + ζ <= 0"),
                ];
                return Array.Find(conditions, condition => !condition.Holds).Name is { } name
                    ? $"{this}: {name}"
                    : null;
            }
        }

        public static Metric Of(Lattice lattice)
        {
            (Cartesian a, Cartesian b, Cartesian c) = (lattice.A, lattice.B, lattice.C);
            return new Metric(
                Whole(a.Dot(a)),
                Whole(b.Dot(b)),
                Whole(c.Dot(c)),
                Whole(2 * b.Dot(c)),
                Whole(2 * a.Dot(c)),
                Whole(2 * a.Dot(b))
            );
        }

        public Lattice ToLattice()
        {
            (double a, double b, double c) = (Math.Sqrt(A), Math.Sqrt(B), Math.Sqrt(C));
            return Lattice.FromParameters(
                new(a, b, c, Degrees(Xi / (2 * b * c)), Degrees(Eta / (2 * a * c)), Degrees(Zeta / (2 * a * b)))
            );
        }

        private static double Degrees(double cosine) => Math.Acos(cosine) * 180 / Math.PI;

        private static int Whole(double value)
        {
            Assert.Equal(Math.Round(value), value, 1e-6);
            return (int)Math.Round(value);
        }
    }
}
