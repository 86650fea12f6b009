using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Symmetry;

/// <summary>A rotation of a lattice about an axis, and the lattice's plane that is perpendicular to it.</summary>
/// <param name="Rotation">Of determinant 1; not the identity.</param>
/// <param name="Order">2, 3, 4 or 6.</param>
internal sealed record RotationAxis(IntegerMatrix3 Rotation, int Order)
{
    /// <summary>The shortest lattice vector along the axis, of either sign.</summary>
    public LatticeVector Direction
    {
        get
        {
            // what is left of a vector is its part along the axis
            IntegerMatrix3 sum = PowerSum();
            return Columns(sum).First(column => column != default).Shortest();
        }
    }

    /// <summary>The rotation or reflection without its inversion, and its axis; null for the identity and the inversion.</summary>
    public static RotationAxis? Of(IntegerMatrix3 operation)
    {
        int sign = operation.Determinant;
        IntegerMatrix3 rotation = IntegerMatrix3.Diagonal(sign, sign, sign) * operation;
        int order = (rotation.M11 + rotation.M22 + rotation.M33) switch
        {
            -1 => 2,
            0 => 3,
            1 => 4,
            2 => 6,
            _ => 1,
        };
        return order == 1 ? null : new(rotation, order);
    }

    /// <summary>The two shortest vectors of the plane, at no acute angle.</summary>
    /// <param name="shape">The lattice's, symmetric under the rotation.</param>
    public (LatticeVector First, LatticeVector Second) Plane(MetricTensor shape)
    {
        // the part along the axis is 0 in the plane: so is the product with any row
        LatticeVector row = Columns(PowerSum().Transposed()).First(column => column != default).Shortest();
        (int divisor, int ofX, int ofY) = Bezout(row.X, row.Y);
        (LatticeVector first, LatticeVector second) =
            divisor == 0
                ? (new LatticeVector(1, 0, 0), new LatticeVector(0, 1, 0))
                : (
                    new LatticeVector(row.Y / divisor, -row.X / divisor, 0),
                    new LatticeVector(-row.Z * ofX, -row.Z * ofY, divisor)
                );
        return Reduced(first, second, shape);
    }

    /// <summary>Gauss's reduction of a plane lattice.</summary>
    private static (LatticeVector First, LatticeVector Second) Reduced(
        LatticeVector first,
        LatticeVector second,
        MetricTensor shape
    )
    {
        const int MostSteps = 100;
        const double Rounding = 1e-9;
        for (int step = 0; step < MostSteps; step++)
        {
            if (shape.Dot(second, second) < (1 - Rounding) * shape.Dot(first, first))
            {
                (first, second) = (second, first);
            }

            int multiple = (int)Math.Round(shape.Dot(first, second) / shape.Dot(first, first));
            LatticeVector shorter = second + (-multiple * first);
            if (shape.Dot(shorter, shorter) >= (1 - Rounding) * shape.Dot(second, second))
            {
                break;
            }

            second = shorter;
        }

        return shape.Dot(first, second) > Rounding * shape.Dot(first, first) ? (first, -second) : (first, second);
    }

    /// <summary>Euclid's algorithm: the divisor is ofX · x + ofY · y.</summary>
    private static (int Divisor, int OfX, int OfY) Bezout(int x, int y)
    {
        (int first, int second) = (x, y);
        (int lastX, int lastY, int nextX, int nextY) = (1, 0, 0, 1);
        while (second != 0)
        {
            int quotient = first / second;
            (first, second) = (second, first - (quotient * second));
            (lastX, nextX) = (nextX, lastX - (quotient * nextX));
            (lastY, nextY) = (nextY, lastY - (quotient * nextY));
        }

        return (first, lastX, lastY);
    }

    private static LatticeVector[] Columns(IntegerMatrix3 matrix) =>
        [
            new(matrix.M11, matrix.M21, matrix.M31),
            new(matrix.M12, matrix.M22, matrix.M32),
            new(matrix.M13, matrix.M23, matrix.M33),
        ];

    /// <summary>The sum of the powers of the rotation, which is its order times the projection on its axis.</summary>
    private IntegerMatrix3 PowerSum()
    {
        int[] sum = new int[9];
        IntegerMatrix3 power = IntegerMatrix3.Identity;
        for (int exponent = 0; exponent < Order; exponent++)
        {
            for (int at = 0; at < 9; at++)
            {
                sum[at] += power[at / 3, at % 3];
            }

            power *= Rotation;
        }

        return new(sum[0], sum[1], sum[2], sum[3], sum[4], sum[5], sum[6], sum[7], sum[8]);
    }
}
