using Kagome.Crystals.Compositions;

namespace Kagome.Tests.Generation;

public sealed class FormulaUnitsTests
{
    private const int LargestSampleCount = 60;
    private const int LargestCellAtomCount = 40;
    private const string Seed = "0000KOIPe036";

    private static readonly string[] Formulas = ["Si", "NaCl", "TiO2", "SrTiO3"];

    private static readonly Dictionary<int, int> NothingKnown = [];

    private static readonly Gen<Dictionary<int, int>> Frequencies = Gen.Select(Gen.Int[1, 30], Gen.Int[0, 100])
        .Array[0, 30]
        .Select(pairs => pairs.DistinctBy(pair => pair.Item1).ToDictionary(pair => pair.Item1, pair => pair.Item2));

    private static Composition Titania => Composition("TiO2");

    [Fact]
    public void Spread_gives_all_samples_to_ascending_cells_that_fit() =>
        Gen.Select(
                Gen.Int[0, Formulas.Length - 1].Select(place => Formulas[place]),
                Gen.Int[1, LargestCellAtomCount],
                Gen.Int[1, LargestSampleCount],
                Frequencies
            )
            .Sample(
                (text, largestAtomCount, samples, frequencies) =>
                {
                    Composition formula = Composition(text);
                    IReadOnlyList<(int Z, int Samples)> spread = FormulaUnits.Spread(
                        formula,
                        largestAtomCount,
                        samples,
                        frequencies
                    );
                    if (formula.AtomCount > largestAtomCount)
                    {
                        Assert.Empty(spread);
                        return;
                    }

                    Assert.Equal(samples, spread.Sum(pair => pair.Samples));
                    Assert.Equal(spread.Select(pair => pair.Z).Order().Distinct(), spread.Select(pair => pair.Z));
                    Assert.All(spread, pair => Assert.InRange(pair.Samples, 1, samples));
                    Assert.All(spread, pair => Assert.InRange(pair.Z * formula.AtomCount, 1, largestAtomCount));
                },
                seed: Seed
            );

    [Fact]
    public void Spread_follows_the_frequencies_after_one_sample_for_each() =>
        // 7 samples beyond the first three: quotas 4.2, 2.1 and 0.7
        Assert.Equal(
            [(1, 5), (2, 3), (4, 2)],
            FormulaUnits.Spread(
                Titania,
                20,
                10,
                new Dictionary<int, int>
                {
                    [4] = 10,
                    [1] = 60,
                    [2] = 30,
                }
            )
        );

    [Fact]
    public void Spread_leaves_out_cells_that_hardly_occur() =>
        Assert.Equal([(2, 10)], FormulaUnits.Spread(Titania, 20, 10, new Dictionary<int, int> { [1] = 4, [2] = 96 }));

    [Fact]
    public void Spread_fewer_samples_than_cells_takes_the_most_frequent() =>
        Assert.Equal(
            [(2, 1), (4, 1)],
            FormulaUnits.Spread(
                Titania,
                20,
                2,
                new Dictionary<int, int>
                {
                    [1] = 10,
                    [2] = 50,
                    [4] = 40,
                }
            )
        );

    [Fact]
    public void Spread_counts_frequencies_of_fitting_cells_alone() =>
        Assert.Equal([(1, 8)], FormulaUnits.Spread(Titania, 5, 8, new Dictionary<int, int> { [1] = 1, [4] = 1000 }));

    [Fact]
    public void Spread_with_nothing_known_tries_the_usual_cells() =>
        Assert.Equal([(1, 4), (2, 3), (4, 3)], FormulaUnits.Spread(Titania, 12, 10, NothingKnown));

    [Fact]
    public void Spread_formula_larger_than_any_cell_is_empty() =>
        Assert.Empty(FormulaUnits.Spread(Titania, largestAtomCount: 2, samples: 10, NothingKnown));

    /// <summary>Thirty cells of the same frequency each have a share below what counts as plausible.</summary>
    [Fact]
    public void Spread_many_equally_frequent_cells_gives_out_all_samples() =>
        Assert.Equal(
            10,
            FormulaUnits
                .Spread(Composition("Si"), 30, 10, Enumerable.Range(1, 30).ToDictionary(z => z, _ => 7))
                .Sum(pair => pair.Samples)
        );

    private static Composition Composition(string formula) => FormulaParser.Parse(formula);
}
