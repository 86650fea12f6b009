namespace Kagome.Crystals.Lattices;

/// <summary>A position or displacement in space.</summary>
/// <remarks>Units: Å.</remarks>
public readonly record struct Cartesian(double X, double Y, double Z)
{
    public double Length => Math.Sqrt(Dot(this));

    public double LengthSquared => Dot(this);

    public static Cartesian operator +(Cartesian left, Cartesian right) =>
        new(left.X + right.X, left.Y + right.Y, left.Z + right.Z);

    public static Cartesian operator -(Cartesian left, Cartesian right) =>
        new(left.X - right.X, left.Y - right.Y, left.Z - right.Z);

    public static Cartesian operator *(double factor, Cartesian vector) =>
        new(factor * vector.X, factor * vector.Y, factor * vector.Z);

    /// <summary>The three components, without the lengths that the generated text would add.</summary>
    public override string ToString() => $"({X}, {Y}, {Z})";

    public double Dot(Cartesian other) => (X * other.X) + (Y * other.Y) + (Z * other.Z);

    public Cartesian Cross(Cartesian other) =>
        new((Y * other.Z) - (Z * other.Y), (Z * other.X) - (X * other.Z), (X * other.Y) - (Y * other.X));
}
