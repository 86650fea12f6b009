using Kagome.Crystals.Lattices;

namespace Kagome.Formats.Calculations;

/// <summary>A grid of points in the reciprocal cell that holds Γ, as fine along each vector as the vector is long.</summary>
/// <remarks>Γ in the grid suits every lattice; hexagonal ones lose their symmetry without it.</remarks>
internal readonly record struct KPointGrid(int A, int B, int C)
{
    /// <param name="lattice">Of the crystal.</param>
    /// <param name="density">Points per Å⁻¹ of the reciprocal vectors, with 2 π in them.</param>
    public static KPointGrid Of(Lattice lattice, double density)
    {
        int Points(Cartesian reciprocal) =>
            Math.Max(1, (int)Math.Ceiling((2 * Math.PI * reciprocal.Length * density) - Rounding));
        Lattice reciprocal = lattice.Reciprocal;
        return new KPointGrid(Points(reciprocal.A), Points(reciprocal.B), Points(reciprocal.C));
    }

    private const double Rounding = 1e-6; // so that equal vectors get equal numbers

    public override string ToString() => $"{A} {B} {C}";
}
