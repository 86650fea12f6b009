namespace Kagome.Sampling.Energies;

/// <summary>What a network with an energy head makes of a clean crystal.</summary>
/// <param name="Energy">The head's, standardised.</param>
/// <param name="Features">The mean over the crystal's atoms. [hidden]</param>
public readonly record struct CrystalReading(double Energy, double[] Features);
