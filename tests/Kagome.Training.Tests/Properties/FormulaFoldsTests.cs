using Kagome.Crystals.Compositions;
using Kagome.Crystals.Elements;
using Kagome.Training.Properties;

namespace Kagome.Training.Tests.Properties;

public sealed class FormulaFoldsTests
{
    private static readonly Composition[] Formulas =
    [
        .. Enumerable
            .Range(1, 90)
            .SelectMany(left =>
                Enumerable.Range(1, 4).Select(count => FormulaParser.Parse($"{new Element(left)}{count}Og"))
            ),
    ];

    [Fact]
    public void Of_polymorphs_and_multiples_of_a_formula_is_one_fold()
    {
        FormulaFolds folds = new(seed: 7, count: 5, keptShare: 0.2);
        Assert.All(Formulas, formula => Assert.Equal(folds.Of(formula), folds.Of(formula.Times(3))));
    }

    [Fact]
    public void Of_many_formulas_fills_all_folds_alike_and_keeps_the_share()
    {
        int?[] folds = [.. Formulas.Select(new FormulaFolds(seed: 7, count: 4, keptShare: 0.2).Of)];
        Assert.InRange(folds.Count(fold => fold is null), 0.1 * folds.Length, 0.3 * folds.Length);
        Assert.All(
            Enumerable.Range(0, 4),
            fold => Assert.InRange(folds.Count(one => one == fold), 0.12 * folds.Length, 0.28 * folds.Length)
        );
    }

    [Fact]
    public void Of_depends_on_the_seed()
    {
        FormulaFolds one = new(seed: 1, count: 5, keptShare: 0);
        FormulaFolds other = new(seed: 2, count: 5, keptShare: 0);
        Assert.Contains(Formulas, formula => one.Of(formula) != other.Of(formula));
    }
}
