namespace Kagome.Core.Lattices;

/// <summary>Steps A1 to A8 of Niggli reduction, named as in the paper that <see cref="NiggliReduction"/> cites.</summary>
/// <remarks>A, B, C are a·a, b·b, c·c; ξ (Xi), η (Eta), ζ (Zeta) are 2b·c, 2a·c, 2a·b. All in Å².</remarks>
internal sealed class NiggliSteps(ReductionBasis basis, double epsilon)
{
    private double A => basis.Dot(0, 0);

    private double B => basis.Dot(1, 1);

    private double C => basis.Dot(2, 2);

    private double Xi => 2 * basis.Dot(1, 2);

    private double Eta => 2 * basis.Dot(0, 2);

    private double Zeta => 2 * basis.Dot(0, 1);

    /// <summary>How much longer than c the body diagonal a + b + c is, squared.</summary>
    private double Sum => Xi + Eta + Zeta + A + B;

    /// <summary>False where the cell is not reduced after so many steps.</summary>
    public bool TryRun(int maximumSteps)
    {
        for (int step = 0; step < maximumSteps; step++)
        {
            OrderFirstTwo();
            if (OrderLastTwo())
            {
                continue;
            }

            ChooseSigns();
            if (!ShortenOne())
            {
                return true;
            }
        }

        return false;
    }

    private bool Equal(double left, double right) => Math.Abs(left - right) < epsilon;

    private bool Above(double left, double right) => left > right + epsilon;

    private bool Below(double left, double right) => left < right - epsilon;

    /// <summary>A1.</summary>
    private void OrderFirstTwo()
    {
        if (Above(A, B) || (Equal(A, B) && Above(Math.Abs(Xi), Math.Abs(Eta))))
        {
            basis.Swap(0, 1);
            basis.NegateAll();
        }
    }

    /// <summary>A2.</summary>
    private bool OrderLastTwo()
    {
        bool wrongOrder = Above(B, C) || (Equal(B, C) && Above(Math.Abs(Eta), Math.Abs(Zeta)));
        if (wrongOrder)
        {
            basis.Swap(1, 2);
            basis.NegateAll();
        }

        return wrongOrder;
    }

    /// <summary>A3 and A4: all three angles acute, or none of them.</summary>
    private void ChooseSigns()
    {
        (int xi, int eta, int zeta) = (Sign(Xi), Sign(Eta), Sign(Zeta));
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

    /// <summary>A5 to A8: takes one vector shorter or more typical; false where all are.</summary>
    private bool ShortenOne()
    {
        if (Above(Math.Abs(Xi), B) || (Equal(Xi, B) && Below(2 * Eta, Zeta)) || (Equal(Xi, -B) && Below(Zeta, 0)))
        {
            basis.Add(2, -Math.Sign(Xi), 1); // A5
        }
        else if (
            Above(Math.Abs(Eta), A)
            || (Equal(Eta, A) && Below(2 * Xi, Zeta))
            || (Equal(Eta, -A) && Below(Zeta, 0))
        )
        {
            basis.Add(2, -Math.Sign(Eta), 0); // A6
        }
        else if (
            Above(Math.Abs(Zeta), A)
            || (Equal(Zeta, A) && Below(2 * Xi, Eta))
            || (Equal(Zeta, -A) && Below(Eta, 0))
        )
        {
            basis.Add(1, -Math.Sign(Zeta), 0); // A7
        }
        else if (Below(Sum, 0) || (Equal(Sum, 0) && Above((2 * (A + Eta)) + Zeta, 0)))
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
}
