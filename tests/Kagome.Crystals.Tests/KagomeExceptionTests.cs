namespace Kagome.Crystals.Tests;

public sealed class KagomeExceptionTests
{
    [Fact]
    public void Reword_of_an_option_calls_it_what_the_host_calls_it() =>
        Assert.Equal(
            "--samples is 0; expected a whole number above 0.",
            new OptionException("Samples", 0, "a whole number above 0").Reword(Dashed)
        );

    [Fact]
    public void Reword_replaces_whole_words_that_are_listed_as_options() =>
        Assert.Equal(
            "No Splits, and a Seed: give --split or --limit.",
            new InputException("No Splits, and a Seed: give Split or Limit.", null, "Limit", "Split").Reword(Dashed)
        );

    [Fact]
    public void Reword_leaves_messages_without_options_alone()
    {
        Assert.Equal("Samples are few.", new InputException("Samples are few.").Reword(Dashed));
        Assert.Equal("Samples are few.", new KagomeException("Samples are few.").Reword(Dashed));
    }

    private static string Dashed(string option) => $"--{option.ToLowerInvariant()}";
}
