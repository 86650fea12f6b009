using Kagome.Crystals.Structures;

namespace Kagome;

/// <summary>A crystal after relaxation.</summary>
/// <param name="Structure">Its atoms in their order; the original where the relaxation diverged.</param>
/// <param name="End">Why it stopped.</param>
/// <param name="Iterations">Steps that were made.</param>
/// <param name="EnergyBefore">Standardised.</param>
/// <param name="EnergyAfter">Standardised; that of the original where the relaxation diverged.</param>
internal sealed record RelaxedCrystal(
    Structure Structure,
    RelaxationEnd End,
    int Iterations,
    double EnergyBefore,
    double EnergyAfter
);
