using Kagome.Testing;

namespace Kagome.Networks.Tests.Models;

public sealed class CrysformerConfigurationTests
{
    [Fact]
    public void Validate_defaults_of_the_paper_passes() => new CrysformerConfiguration().Validate();

    [Fact]
    public void EdgeFeatureCount_of_the_paper_is_777() =>
        Assert.Equal(777, new CrysformerConfiguration().EdgeFeatureCount); // A.8: LN_777

    [Fact]
    public void Validate_hidden_dimension_that_heads_do_not_divide_names_both() =>
        Assert.Equal(
            "Hidden dimension is 30; expected a multiple of the 4 heads.",
            Refusal(new CrysformerConfiguration { HiddenDimension = 30, HeadCount = 4 })
        );

    [Theory]
    [InlineData(2)]
    [InlineData(0)]
    [InlineData(-4)]
    [InlineData(17)]
    public void Validate_time_dimension_without_two_pairs_of_waves_is_refused(int dimension) =>
        Assert.Equal(
            $"Time dimension is {dimension}; expected an even number of at least 4.",
            Refusal(new CrysformerConfiguration { TimeDimension = dimension })
        );

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.1, "-0.1")]
    [InlineData(double.NaN, "NaN")]
    public void Validate_gram_scale_that_is_not_positive_is_refused(double scale, string shown) =>
        Assert.Equal(
            $"Gram scale is {shown}; expected a positive number.",
            Refusal(new CrysformerConfiguration { GramScale = scale })
        );

    [Fact]
    public void Validate_dimension_below_1_is_refused() =>
        Assert.All(
            new CrysformerConfiguration[]
            {
                new() { BlockCount = 0 },
                new() { HiddenDimension = -384 },
                new() { HeadCount = 0 },
                new() { FrequencyCount = 0 },
                new() { ElementFeatureCount = 0 },
            },
            configuration => Assert.Contains("is below 1", Refusal(configuration), StringComparison.Ordinal)
        );

    [Fact]
    public void Crysformer_of_an_impossible_shape_is_refused() =>
        Assert.Throws<ArgumentException>(() =>
            RandomNetwork.Create(RandomNetwork.SmallConfiguration with { HeadCount = 5 })
        );

    private static string Refusal(CrysformerConfiguration configuration) =>
        Assert.Throws<ArgumentException>(configuration.Validate).Message;
}
