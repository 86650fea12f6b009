namespace Kagome.Crystals.Lattices;

/// <summary>A position or displacement in space.</summary>
/// <param name="X">In Å.</param>
/// <param name="Y">In Å.</param>
/// <param name="Z">In Å.</param>
/// <remarks>Units: Å.</remarks>
public readonly record struct Cartesian(double X, double Y, double Z)
{
    /// <summary>In Å.</summary>
    public double Length => Math.Sqrt(Dot(this));

    /// <summary>In Å²; cheaper than the length, where lengths are only compared.</summary>
    public double LengthSquared => Dot(this);

    /// <summary>Sum, component by component.</summary>
    public static Cartesian operator +(Cartesian left, Cartesian right) =>
        new(left.X + right.X, left.Y + right.Y, left.Z + right.Z);

    /// <summary>Difference, component by component: the way from the right position to the left one.</summary>
    public static Cartesian operator -(Cartesian left, Cartesian right) =>
        new(left.X - right.X, left.Y - right.Y, left.Z - right.Z);

    /// <summary>The vector made longer by a factor; below 0 it points the other way.</summary>
    public static Cartesian operator *(double factor, Cartesian vector) =>
        new(factor * vector.X, factor * vector.Y, factor * vector.Z);

    /// <summary>The three components, without the lengths that the generated text would add.</summary>
    public override string ToString() => $"({X}, {Y}, {Z})";

    /// <summary>Scalar product, in Å².</summary>
    public double Dot(Cartesian other) => (X * other.X) + (Y * other.Y) + (Z * other.Z);

    /// <summary>Vector product, in Å²: at right angles to both, right-handed, as long as the area that they span.</summary>
    public Cartesian Cross(Cartesian other) =>
        new((Y * other.Z) - (Z * other.Y), (Z * other.X) - (X * other.Z), (X * other.Y) - (Y * other.X));
}
