namespace Kagome.Architecture.Tests;

public sealed class SourceFileTests
{
    private const int LargestLineCount = 400;

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("bench")]
    public void Files_have_at_most_400_lines(string folder) =>
        Assert.All(
            SourceFiles.Under(folder),
            path => Assert.InRange(File.ReadLines(path).Count(), 0, LargestLineCount)
        );

    /// <summary>The banned-API analyzer says so too; this also sees code that a build leaves out.</summary>
    [Fact]
    public void Product_takes_the_time_from_a_TimeProvider() =>
        Assert.All(
            SourceFiles.Under("src"),
            path => Assert.DoesNotContain("DateTime.Now", File.ReadAllText(path), StringComparison.Ordinal)
        );

    /// <summary>The version of an assembly has no suffix: 0.1.0-dev and all alphas would be 0.1.0.</summary>
    [Fact]
    public void Product_asks_for_the_version_of_assemblies_in_one_place() =>
        Assert.Equal(
            ["src/Kagome/Work/ProgramVersion.cs"],
            SourceFiles
                .Under("src")
                .Where(path => File.ReadAllText(path).Contains("GetName().Version", StringComparison.Ordinal))
                .Select(SourceFiles.Relative)
        );
}
