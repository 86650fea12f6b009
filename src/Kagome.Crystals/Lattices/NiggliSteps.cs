namespace Kagome.Crystals.Lattices;

/// <summary>Steps A1 to A8 of Niggli reduction, named as in the paper that <see cref="NiggliReduction"/> cites.</summary>
internal sealed class NiggliSteps(ReductionBasis basis, double epsilon, NiggliConvention convention)
{
    /// <summary>Reduces a cell, or returns false where it is not reduced after so many steps.</summary>
    public bool TryRun(int maximumSteps)
    {
        for (int step = 0; step < maximumSteps; step++)
        {
            Products products = Products.Of(basis);
            OrderFirstTwo(products);
            products = convention == NiggliConvention.Strict ? Products.Of(basis) : products;
            if (OrderLastTwo(products))
            {
                continue;
            }

            ChooseSigns(products);
            if (!ShortenOne(Products.Of(basis)))
            {
                return true;
            }
        }

        return false;
    }

    private bool Equal(double left, double right) => Math.Abs(left - right) < epsilon;

    private bool Above(double left, double right) => left > right + epsilon;

    private bool Below(double left, double right) => left < right - epsilon;

    /// <summary>Step A1.</summary>
    private void OrderFirstTwo(in Products p)
    {
        if (Above(p.A, p.B) || (Equal(p.A, p.B) && Above(Math.Abs(p.Xi), Math.Abs(p.Eta))))
        {
            basis.Swap(0, 1);
            basis.NegateAll();
        }
    }

    /// <summary>Step A2.</summary>
    private bool OrderLastTwo(in Products p)
    {
        bool wrongOrder = Above(p.B, p.C) || (Equal(p.B, p.C) && Above(Math.Abs(p.Eta), Math.Abs(p.Zeta)));
        if (wrongOrder)
        {
            basis.Swap(1, 2);
            basis.NegateAll();
        }

        return wrongOrder;
    }

    /// <summary>Steps A3 and A4: all three angles acute, or none of them.</summary>
    private void ChooseSigns(in Products p)
    {
        (int xi, int eta, int zeta) = (Sign(p.Xi), Sign(p.Eta), Sign(p.Zeta));
        bool allAcute = xi * eta * zeta == 1;
        int unwanted = allAcute ? -1 : 1;
        (bool flipA, bool flipB, bool flipC) = (xi == unwanted, eta == unwanted, zeta == unwanted);
        if (!allAcute && (flipA ^ flipB ^ flipC))
        {
            // an odd number of flips would change the handedness: one more, of a vector whose products are 0, costs nothing
            flipC ^= zeta == 0;
            flipB ^= zeta != 0 && eta == 0;
            flipA ^= zeta != 0 && eta != 0 && xi == 0;
        }

        Flip(flipA, 0);
        Flip(flipB, 1);
        Flip(flipC, 2);
    }

    private void Flip(bool wanted, int index)
    {
        if (wanted)
        {
            basis.Negate(index);
        }
    }

    private int Sign(double value) => Math.Abs(value) < epsilon ? 0 : Math.Sign(value);

    /// <summary>Steps A5 to A8: takes one vector shorter or more typical; false where all are.</summary>
    private bool ShortenOne(in Products p)
    {
        (double xi, double eta, double zeta) = (p.Xi, p.Eta, p.Zeta);
        double sum = xi + eta + zeta + p.A + p.B;
        if (Above(Math.Abs(xi), p.B) || (Equal(xi, p.B) && Below(2 * eta, zeta)) || (Equal(xi, -p.B) && Below(zeta, 0)))
        {
            basis.Add(2, -Math.Sign(xi), 1); // A5
        }
        else if (
            Above(Math.Abs(eta), p.A)
            || (Equal(eta, p.A) && Below(2 * xi, zeta))
            || (Equal(eta, -p.A) && Below(zeta, 0))
        )
        {
            basis.Add(2, -Math.Sign(eta), 0); // A6
        }
        else if (
            Above(Math.Abs(zeta), p.A)
            || (Equal(zeta, p.A) && Below(2 * xi, eta))
            || (Equal(zeta, -p.A) && Below(eta, 0))
        )
        {
            basis.Add(1, -Math.Sign(zeta), 0); // A7
        }
        else if (Below(sum, 0) || (Equal(sum, 0) && Above((2 * (p.A + eta)) + zeta, 0)))
        {
            basis.Add(2, 1, 0); // A8
            basis.Add(2, 1, 1);
        }
        else
        {
            return false;
        }

        return true;
    }

    /// <summary>The numbers that Niggli reduction works on: A, B, C are a·a, b·b, c·c; ξ (Xi), η (Eta), ζ (Zeta) are 2b·c, 2a·c, 2a·b. All in Å².</summary>
    private readonly record struct Products(double A, double B, double C, double Xi, double Eta, double Zeta)
    {
        public static Products Of(ReductionBasis basis) =>
            new(
                basis.Dot(0, 0),
                basis.Dot(1, 1),
                basis.Dot(2, 2),
                2 * basis.Dot(1, 2),
                2 * basis.Dot(0, 2),
                2 * basis.Dot(0, 1)
            );
    }
}
