using Kagome.Crystals.Compositions;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Validity;

namespace Kagome.Crystals.Tests.Validity;

public sealed class CompositionValidityTests
{
    [Theory]
    [InlineData("Na 1 Cl 1", true)]
    [InlineData("Al 2 O 3", true)]
    [InlineData("Ca 1 Ti 1 O 3", true)]
    [InlineData("Na 4 Cl 4", true)]
    [InlineData("Li 1 Fe 1 P 1 O 4", true)]
    [InlineData("Kr 1", true)]
    [InlineData("Cu 3 Au 1", true)]
    [InlineData("Na 3 Au 7 Pm 1", true)]
    [InlineData("Fe 3 O 4", false)] // all atoms of an element have one state: SMACT's rule knows no mixed valence
    [InlineData("Na 2 Cl 1", false)]
    [InlineData("Na 1 F 2", false)]
    [InlineData("Al 1 O 7", false)]
    public void IsValid_known_formulas(string formula, bool isValid) =>
        Assert.Equal(isValid, CompositionValidity.IsValid(Parse(formula)));

    [Fact]
    public void IsValid_any_formula_agrees_with_trying_all_oxidation_states() =>
        Gen.Select(Gen.Int[1, 100].Select(number => new Element(number)), Gen.Int[1, 6])
            .Array[2, 4]
            .Select(pairs => new Composition(
                pairs.DistinctBy(pair => pair.Item1).Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2))
            ))
            .Sample(
                composition => IsBalancedByTryingAll(composition) == CompositionValidity.IsValid(composition),
                iter: 1000
            );

    [Fact]
    public void Problem_element_without_oxidation_states_is_named() =>
        Assert.Contains("He", CompositionValidity.Problem(Parse("He 1 O 2")), StringComparison.Ordinal);

    [Fact]
    public void Problem_too_many_combinations_says_how_many()
    {
        Composition everything = new(
            Enumerable
                .Range(1, 83)
                .Select(number => new Element(number))
                .Where(element => !element.Data.OxidationStates.IsEmpty && element.Data.Electronegativity is not null)
                .Select(element => KeyValuePair.Create(element, 1))
        );
        Assert.Contains("combinations", CompositionValidity.Problem(everything), StringComparison.Ordinal);
    }

    private static Composition Parse(string formula) =>
        new(
            formula
                .Split(' ')
                .Chunk(2)
                .Select(pair =>
                    KeyValuePair.Create(
                        Element.FromSymbol(pair[0]),
                        int.Parse(pair[1], System.Globalization.CultureInfo.InvariantCulture)
                    )
                )
        );

    /// <summary>The slow, obvious way: the rules of SMACT on every combination.</summary>
    private static bool IsBalancedByTryingAll(Composition composition)
    {
        string[] nonmetals = "H He B C N O F Ne Si P S Cl Ar As Se Br Kr Te I Xe At Rn".Split(' ');
        if (
            composition.Counts.Count == 1
            || composition.Counts.Keys.All(element => !nonmetals.Contains(element.Symbol))
        )
        {
            return true;
        }

        (int Charge, double Electronegativity)[][] choices =
        [
            .. composition.Counts.Select(pair =>
                pair.Key.Data.OxidationStates.Select(state =>
                        (state * pair.Value, pair.Key.Data.Electronegativity ?? double.NaN)
                    )
                    .ToArray()
            ),
        ];
        return Combinations(choices).Any(IsBalanced);
    }

    private static bool IsBalanced((int Charge, double Electronegativity)[] states)
    {
        double[] cations = [.. states.Where(state => state.Charge > 0).Select(state => state.Electronegativity)];
        double[] anions = [.. states.Where(state => state.Charge < 0).Select(state => state.Electronegativity)];
        return states.Sum(state => state.Charge) == 0
            && cations.Length > 0
            && anions.Length > 0
            && Array.TrueForAll(cations, cation => Array.TrueForAll(anions, anion => cation < anion));
    }

    private static IEnumerable<(int Charge, double Electronegativity)[]> Combinations(
        (int Charge, double Electronegativity)[][] choices
    ) =>
        choices.Aggregate(
            Enumerable.Repeat(Array.Empty<(int, double)>(), 1),
            (partial, states) => partial.SelectMany(chosen => states.Select(state => chosen.Append(state).ToArray()))
        );
}
