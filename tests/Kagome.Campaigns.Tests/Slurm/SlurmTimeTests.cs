using Kagome.Campaigns.Slurm;

namespace Kagome.Campaigns.Tests.Slurm;

public sealed class SlurmTimeTests
{
    [Theory]
    [InlineData("90", "01:30:00")]
    [InlineData("2:30", "00:02:30")]
    [InlineData("04:00:00", "04:00:00")]
    [InlineData("2-12", "2-12:00:00")]
    [InlineData("2-12:30", "2-12:30:00")]
    [InlineData("2-00:00:01", "2-00:00:01")]
    public void Parse_form_of_sbatch_is_that_duration(string text, string expected) =>
        Assert.Equal(expected, SlurmTime.Format(Assert.NotNull(SlurmTime.Parse(text))));

    [Theory]
    [InlineData("")]
    [InlineData("4h")]
    [InlineData("-4")]
    [InlineData("1:2:3:4")]
    [InlineData("1-2-3")]
    [InlineData("1.5")]
    [InlineData("99999999999")]
    [InlineData("INFINITE")]
    public void Parse_something_else_is_null(string text) => Assert.Null(SlurmTime.Parse(text));

    [Fact]
    public void Format_any_duration_is_read_as_the_same() =>
        Gen.Int[0, 10_000_000]
            .Select(seconds => TimeSpan.FromSeconds(seconds))
            .Sample(duration => Assert.Equal(duration, SlurmTime.Parse(SlurmTime.Format(duration))));
}
