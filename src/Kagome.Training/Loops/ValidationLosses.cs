namespace Kagome.Training.Loops;

/// <summary>Mean losses of the averaged weights on held-out crystals with always the same noise.</summary>
public readonly record struct ValidationLosses(double Lattice, double Coordinates, int CrystalCount)
{
    public double Total => Lattice + Coordinates;
}
