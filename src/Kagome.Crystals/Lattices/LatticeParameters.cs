namespace Kagome.Crystals.Lattices;

/// <summary>The lengths of the three lattice vectors and the angles between them.</summary>
/// <param name="A">Length of a in Å.</param>
/// <param name="B">Length of b in Å.</param>
/// <param name="C">Length of c in Å.</param>
/// <param name="Alpha">Angle between b and c in degrees.</param>
/// <param name="Beta">Angle between c and a in degrees.</param>
/// <param name="Gamma">Angle between a and b in degrees.</param>
public readonly record struct LatticeParameters(double A, double B, double C, double Alpha, double Beta, double Gamma)
{
    /// <summary>Volume of the cell in Å³; NaN where no such cell exists.</summary>
    public double Volume
    {
        get
        {
            (double cosAlpha, double cosBeta, double cosGamma) = (Cosine(Alpha), Cosine(Beta), Cosine(Gamma));
            double squared =
                1
                - (cosAlpha * cosAlpha)
                - (cosBeta * cosBeta)
                - (cosGamma * cosGamma)
                + (2 * cosAlpha * cosBeta * cosGamma);
            return A * B * C * Math.Sqrt(squared);
        }
    }

    /// <summary>What is wrong with these numbers, or null when they describe a cell with a volume.</summary>
    public string? Problem()
    {
        foreach (
            (string name, double value) in new[]
            {
                ("a", A),
                ("b", B),
                ("c", C),
                ("alpha", Alpha),
                ("beta", Beta),
                ("gamma", Gamma),
            }
        )
        {
            bool isAngle = name.Length > 1;
            if (!double.IsFinite(value) || value <= 0 || (isAngle && value >= 180))
            {
                return $"{name} is {value}; expected {(isAngle ? "an angle between 0 and 180 degrees" : "a length in Å above 0")}";
            }
        }

        // both: of angles that all but lie in a plane, rounding leaves one and not the other
        return Volume > 0 && Math.Abs(CosGammaStar) < 1
            ? null
            : $"the angles {Alpha}, {Beta}, {Gamma} enclose no volume";
    }

    /// <summary>Cosine of the angle between a* and b*, from -1 to 1; NaN where no such cell exists.</summary>
    internal double CosGammaStar
    {
        get
        {
            (double cosAlpha, double cosBeta) = (Cosine(Alpha), Cosine(Beta));
            double sines = Math.Sqrt(1 - (cosAlpha * cosAlpha)) * Math.Sqrt(1 - (cosBeta * cosBeta));
            return Math.Clamp(((cosAlpha * cosBeta) - Cosine(Gamma)) / sines, -1, 1);
        }
    }

    /// <summary>Cosine of an angle in degrees, exact at 90°.</summary>
    internal static double Cosine(double degrees) => degrees == 90 ? 0 : Math.Cos(degrees * Math.PI / 180);
}
