using Kagome.Crystals.Compositions;
using Kagome.Evaluation.Regression;

namespace Kagome.Evaluation.Tests.Regression;

public sealed class LabelBaselinesTests
{
    private const double Rounding = 1e-12;

    private static readonly LabelledCrystal[] Known =
    [
        Crystal("NaCl", 0.1),
        Crystal("Na3Cl", 0.5),
        Crystal("MgO", 0.2),
        Crystal("Na2O", 0.9),
    ];

    private readonly LabelBaselines baselines = new(Known);

    [Fact]
    public void Median_is_between_the_middle_two() => Assert.Equal(0.35, baselines.Median(), Rounding);

    [Fact]
    public void Median_without_its_own_label_is_that_of_the_others() =>
        Assert.All(
            Known,
            crystal =>
                Assert.Equal(
                    new LabelBaselines([.. Known.Where(other => other != crystal)]).Median(),
                    baselines.Median(crystal.Label),
                    Rounding
                )
        );

    [Fact]
    public void SameElements_takes_the_crystals_of_the_same_elements_in_any_proportion() =>
        Assert.Equal(0.3, baselines.SameElements(FormulaParser.Parse("NaCl3")), Rounding);

    [Fact]
    public void SameElements_leaves_the_crystal_itself_out() =>
        Assert.Equal(0.5, baselines.SameElements(FormulaParser.Parse("NaCl"), own: 0.1), Rounding);

    [Fact]
    public void SameElements_of_a_new_system_averages_the_elements_by_their_share()
    {
        // Mg: 0.2; Cl: (0.1 + 0.5) / 2
        double expected = (0.2 / 3) + (2 * 0.3 / 3);
        Assert.Equal(expected, baselines.SameElements(FormulaParser.Parse("MgCl2")), Rounding);
    }

    [Fact]
    public void SameElements_of_an_element_that_none_holds_takes_the_mean_of_all() =>
        Assert.Equal(1.7 / 4, baselines.SameElements(FormulaParser.Parse("Xe")), Rounding);

    [Fact]
    public void SameElements_alone_in_its_system_falls_back_without_its_own_label()
    {
        // Mg is in MgO only, so the mean of the others stands for it; O is in Na2O as well
        double expected = ((0.1 + 0.5 + 0.9) / 3 / 2) + (0.9 / 2);
        Assert.Equal(expected, baselines.SameElements(FormulaParser.Parse("MgO"), own: 0.2), Rounding);
    }

    private static LabelledCrystal Crystal(string formula, double label) => new(FormulaParser.Parse(formula), label);
}
