namespace Kagome.Formats.Calculations;

/// <summary>A program that computes energies from first principles.</summary>
public enum CalculationCode
{
    /// <summary>Quantum ESPRESSO's pw.x: pw.in, and the pseudopotentials where they are found.</summary>
    QuantumEspresso,

    /// <summary>GPAW through ASE: run.py and structure.xyz.</summary>
    Gpaw,

    /// <summary>VASP: POSCAR, INCAR, KPOINTS, POTCAR.spec, and POTCAR where its parts are found.</summary>
    Vasp,
}

/// <summary>What is computed of a crystal, and how exactly. All by PBE, with plane waves.</summary>
/// <remarks>Immutable, and safe to use from several threads.</remarks>
public sealed record CalculationSettings
{
    /// <summary>The program that computes. Default: Quantum ESPRESSO.</summary>
    public CalculationCode Code { get; init; }

    /// <summary>Whether cell and atoms are relaxed, or the energy of the crystal as it is computed. Default: relaxed.</summary>
    public bool Relaxes { get; init; } = true;

    /// <summary>Points per Å⁻¹ of the reciprocal vectors, with 2 π in them; above 0, at most 100. Default 4, in grids that hold Γ.</summary>
    public double KPointDensity { get; init; } = 4;

    /// <summary>Cut-off of the plane waves in eV; from 10 to 10,000. Default: null, for 520 in VASP, 500 in GPAW, and in Quantum ESPRESSO what the pseudopotentials ask for or else 60 Ry.</summary>
    public double? Cutoff { get; init; }

    /// <summary>Whether crystals with elements that are often magnetic begin with moments. Default: they do; others have none.</summary>
    public bool HasSpin { get; init; } = true;

    /// <summary>
    /// A folder with pseudopotentials: UPF files for Quantum ESPRESSO, folders such as Sr_sv with a POTCAR each for VASP; GPAW finds its own. Default: null, for
    /// /usr/share/espresso/pseudo where that exists.
    /// </summary>
    public string? Pseudopotentials { get; init; }

    /// <summary>Checks that every value is in its range.</summary>
    /// <exception cref="OptionException">A value is out of its range.</exception>
    public void Validate()
    {
        const double LargestDensity = 100;
        OptionException.RequireNamed(nameof(Code), Code);
        if (KPointDensity is not (> 0 and <= LargestDensity))
        {
            throw new OptionException(
                nameof(KPointDensity),
                KPointDensity,
                $"a number above 0, at most {LargestDensity}"
            );
        }

        if (Cutoff is { } cutoff)
        {
            OptionException.RequireBetween(nameof(Cutoff), cutoff, 10, 10_000);
        }

        if (Pseudopotentials is { } folder && !Directory.Exists(folder))
        {
            throw new OptionException(nameof(Pseudopotentials), folder, "a folder that exists");
        }
    }
}
