using Kagome.Crystals.Compositions;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Phases;

namespace Kagome.Crystals.Tests.Phases;

public sealed class PhaseDiagramTests
{
    private const double Tolerance = 1e-8; // eV/atom

    private static readonly Element[] System = [.. new[] { "Li", "Fe", "P", "O" }.Select(Element.FromSymbol)];

    private static readonly Gen<Composition> Formulas = Gen.Int[0, 3]
        .Array[4]
        .Where(counts => counts.Any(count => count > 0))
        .Select(counts => new Composition(System.Zip(counts, KeyValuePair.Create).Where(pair => pair.Value > 0)));

    private static readonly Gen<Phase[]> AnyPhases = Gen.Select(
        Formulas,
        Gen.Int[-12, 2], // quarters, so that many phases lie in one plane
        (formula, energy) => new Phase(formula, 0.25 * energy)
    ).Array[0, 7];

    private static readonly PhaseDiagram LithiumOxides = new([
        Phase("Li2O", -2.0),
        Phase("Li2O2", -1.65),
        Phase("LiO2", -0.5), // above the line from Li2O2 to O
    ]);

    [Theory]
    [InlineData("Li", 0)]
    [InlineData("Li2O", -2.0)]
    [InlineData("Li4O2", -2.0)]
    [InlineData("Li5O", -1.0)] // two Li and three atoms of Li2O
    [InlineData("LiO2", -1.1)]
    [InlineData("NaCl", 0)]
    [InlineData("Li2NaO", -1.5)]
    public void HullEnergy_is_that_of_the_cheapest_mixture(string formula, double energy) =>
        Assert.Equal(energy, LithiumOxides.HullEnergy(FormulaParser.Parse(formula)), Tolerance);

    [Fact]
    public void HullEnergy_is_what_trying_all_mixtures_finds() =>
        Gen.Select(AnyPhases, Formulas)
            .Sample(
                (phases, formula) =>
                    Assert.Equal(
                        TriedMixtures.Cheapest(phases, formula),
                        new PhaseDiagram(phases).HullEnergy(formula),
                        Tolerance
                    ),
                iter: 2000
            );

    [Fact]
    public void HullEnergy_is_convex_between_two_compositions() =>
        Gen.Select(AnyPhases, Formulas, Formulas)
            .Sample(
                (phases, one, other) =>
                {
                    PhaseDiagram diagram = new(phases);
                    Composition both = new(
                        System
                            .Select(element =>
                                KeyValuePair.Create(
                                    element,
                                    one.Counts.GetValueOrDefault(element) + other.Counts.GetValueOrDefault(element)
                                )
                            )
                            .Where(pair => pair.Value > 0)
                    );
                    double apart =
                        (diagram.HullEnergy(one) * one.AtomCount) + (diagram.HullEnergy(other) * other.AtomCount);
                    Assert.True(diagram.HullEnergy(both) * both.AtomCount <= apart + Tolerance);
                }
            );

    [Fact]
    public void PhaseDiagram_of_an_energy_that_is_no_number_names_the_phase() =>
        Assert.Contains(
            "formation energy of Li2O is NaN; expected a finite number",
            Assert.Throws<ArgumentException>(() => new PhaseDiagram([Phase("Li2O", double.NaN)])).Message,
            StringComparison.Ordinal
        );

    private static Phase Phase(string formula, double energy) => new(FormulaParser.Parse(formula), energy);
}
