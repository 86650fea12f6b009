namespace Kagome.Crystals.Lattices;

/// <summary>A position counted along the three lattice vectors.</summary>
/// <param name="X">Along a.</param>
/// <param name="Y">Along b.</param>
/// <param name="Z">Along c.</param>
/// <remarks>Units: none; (0.5, 0, 0) lies halfway along a. Unbounded: see <see cref="Wrap()"/>.</remarks>
public readonly record struct Fractional(double X, double Y, double Z)
{
    /// <summary>Sum, component by component; not wrapped into the cell.</summary>
    public static Fractional operator +(Fractional left, Fractional right) =>
        new(left.X + right.X, left.Y + right.Y, left.Z + right.Z);

    /// <summary>Difference, component by component; not wrapped, so that it need not lead to the nearest copy.</summary>
    public static Fractional operator -(Fractional left, Fractional right) =>
        new(left.X - right.X, left.Y - right.Y, left.Z - right.Z);

    /// <summary>Whether all three components are finite numbers.</summary>
    public bool IsFinite => double.IsFinite(X) && double.IsFinite(Y) && double.IsFinite(Z);

    /// <summary>The same position in the cell at the origin: every component in [0, 1).</summary>
    public Fractional Wrap() => new(Wrap(X), Wrap(Y), Wrap(Z));

    /// <summary>The shortest fractional difference per axis: every component in [-0.5, 0.5].</summary>
    /// <remarks>In a skewed cell this need not be the shortest distance in space.</remarks>
    public Fractional WrapToNearest() => new(X - Math.Round(X), Y - Math.Round(Y), Z - Math.Round(Z));

    private static double Wrap(double value)
    {
        double wrapped = value - Math.Floor(value);
        return wrapped < 1 ? wrapped : 0; // a tiny negative value rounds up to exactly 1
    }
}
