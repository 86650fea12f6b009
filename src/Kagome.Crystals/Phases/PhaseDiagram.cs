using Kagome.Crystals.Compositions;
using Kagome.Crystals.Elements;

namespace Kagome.Crystals.Phases;

/// <summary>A known compound or element.</summary>
/// <param name="Composition">Of any number of formula units.</param>
/// <param name="FormationEnergy">From the elements in their reference states, in eV/atom.</param>
public sealed record Phase(Composition Composition, double FormationEnergy);

/// <summary>The convex hull of formation energies over composition: what the cheapest mixture of phases costs.</summary>
/// <remarks>
/// Elements in their reference states cost nothing and are always there, so that every composition has a mixture. Immutable, and safe to use from several threads.
/// </remarks>
public sealed class PhaseDiagram
{
    private readonly UInt128[] elements; // of each phase, a bit for each atomic number

    /// <summary>The hull of phases.</summary>
    /// <exception cref="ArgumentException">An energy is not finite.</exception>
    public PhaseDiagram(IEnumerable<Phase> phases)
    {
        Phases = [.. phases];
        elements = [.. Phases.Select(phase => Bits(phase.Composition))];
        foreach (Phase phase in Phases)
        {
            if (!double.IsFinite(phase.FormationEnergy))
            {
                throw new ArgumentException(
                    $"The formation energy of {phase.Composition} is {phase.FormationEnergy}; expected a finite number of eV/atom.",
                    nameof(phases)
                );
            }
        }
    }

    /// <summary>The phases, in the order given.</summary>
    public IReadOnlyList<Phase> Phases { get; }

    /// <summary>What the cheapest mixture of phases costs that makes up a composition.</summary>
    /// <returns>In eV/atom; at most 0.</returns>
    public double HullEnergy(Composition composition)
    {
        UInt128 others = ~Bits(composition);
        Element[] rows = [.. composition.Counts.Keys];
        List<PhaseColumn> columns = [];
        for (int phase = 0; phase < elements.Length; phase++)
        {
            if ((elements[phase] & others) == 0)
            {
                columns.Add(new PhaseColumn(Fractions(Phases[phase].Composition, rows), Phases[phase].FormationEnergy));
            }
        }

        return CheapestMixture.Cost(Fractions(composition, rows), columns);
    }

    private static double[] Fractions(Composition composition, Element[] rows) =>
        [.. rows.Select(element => (double)composition.Counts.GetValueOrDefault(element) / composition.AtomCount)];

    private static UInt128 Bits(Composition composition) =>
        composition.Counts.Keys.Aggregate(
            UInt128.Zero,
            (bits, element) => bits | (UInt128.One << element.AtomicNumber)
        );
}
