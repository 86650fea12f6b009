using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;

namespace Kagome.Prototypes;

/// <summary>A cell as whole numbers.</summary>
/// <remarks>
/// Coordinates count in 49,152ths, a multiple of 2, 3, 4, 6 and 8: atoms on special positions stay on them to the last digit, and others
/// move by 0.0001 Å in cells of 10 Å. Lengths count in 10⁻⁵ Å and angles in 10⁻⁵ degrees.
/// </remarks>
internal sealed class PackedCell
{
    public const int Denominator = 49_152;

    private const double Unit = 1e-5;

    public PackedCell(int[] parameters, int[] coordinates) => (Parameters, Coordinates) = (parameters, coordinates);

    /// <summary>a, b, c, alpha, beta, gamma.</summary>
    public int[] Parameters { get; }

    /// <summary>x, y and z of each site, in [0, <see cref="Denominator"/>).</summary>
    public int[] Coordinates { get; }

    /// <summary>In Å and degrees.</summary>
    public LatticeParameters LatticeParameters =>
        new(
            Parameters[0] * Unit,
            Parameters[1] * Unit,
            Parameters[2] * Unit,
            Parameters[3] * Unit,
            Parameters[4] * Unit,
            Parameters[5] * Unit
        );

    public Lattice Lattice => Lattice.FromParameters(LatticeParameters);

    public IEnumerable<Fractional> Positions =>
        Coordinates
            .Chunk(3)
            .Select(at => new Fractional(
                (double)at[0] / Denominator,
                (double)at[1] / Denominator,
                (double)at[2] / Denominator
            ));

    /// <summary>Packs a cell; null where it is too large for whole numbers (21,474 Å).</summary>
    public static PackedCell? Of(Lattice lattice, IEnumerable<Site> sites)
    {
        LatticeParameters parameters = lattice.Parameters;
        double[] numbers =
        [
            parameters.A,
            parameters.B,
            parameters.C,
            parameters.Alpha,
            parameters.Beta,
            parameters.Gamma,
        ];
        return numbers.Any(number => number / Unit > int.MaxValue)
            ? null
            : new PackedCell(
                [.. numbers.Select(number => (int)Math.Round(number / Unit))],
                [.. sites.SelectMany(site => new[] { site.Position.X, site.Position.Y, site.Position.Z }).Select(Pack)]
            );
    }

    private static int Pack(double coordinate) =>
        (int)Math.Round((coordinate - Math.Floor(coordinate)) * Denominator) % Denominator;
}
