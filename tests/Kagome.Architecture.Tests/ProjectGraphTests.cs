using Kagome.Testing;

namespace Kagome.Architecture.Tests;

/// <summary>Which project may know which: a new arrow is a decision, not an accident.</summary>
public sealed class ProjectGraphTests
{
    private const string Prefix = "Kagome.";

    private static readonly Dictionary<string, string[]> Graph = new(StringComparer.Ordinal)
    {
        ["Core"] = [],
        ["Formats"] = ["Core"],
        ["Processes"] = [],
        ["Networks"] = ["Core"],
        ["Checkpoints"] = ["Networks", "Processes"],
        ["Training"] = ["Checkpoints", "Networks", "Processes"],
        ["Sampling"] = ["Networks", "Processes"],
        ["Evaluation"] = ["Core"],
        ["DataSets"] = ["Core", "Evaluation"],
        ["Reports"] = ["Core", "Evaluation"],
        ["Symmetry"] = ["Core"],
        ["Testing"] = ["Core", "Networks", "Processes"],
    };

    private static IReadOnlyList<ProjectFile> Sources => ProjectFile.Under("src");

    [Fact]
    public void Projects_of_the_graph_reference_exactly_what_it_says() =>
        Assert.All(
            Sources.Where(project => Graph.ContainsKey(ShortName(project))),
            project =>
                Assert.Equal(
                    Graph[ShortName(project)].Order(StringComparer.Ordinal),
                    project.ProjectReferences.Select(WithoutPrefix).Order(StringComparer.Ordinal)
                )
        );

    [Fact]
    public void Projects_under_src_are_the_program_or_in_the_graph() =>
        Assert.All(Sources.Select(ShortName), name => Assert.Contains(name, Graph.Keys.Append("Cli")));

    [Fact]
    public void Cli_knows_no_test_code() =>
        Assert.All(
            Sources.Where(project => ShortName(project) == "Cli"),
            project => Assert.DoesNotContain("Kagome.Testing", project.ProjectReferences)
        );

    [Theory]
    [InlineData("Core")]
    [InlineData("Formats")]
    [InlineData("Evaluation")]
    [InlineData("DataSets")]
    [InlineData("Reports")]
    [InlineData("Symmetry")]
    public void Crystallography_runs_without_tensors(string name) =>
        Assert.All(
            Sources.Where(project => ShortName(project) == name),
            project =>
            {
                Assert.DoesNotContain(
                    project.PackageReferences,
                    package => package.Contains("torch", StringComparison.OrdinalIgnoreCase)
                );
                Assert.DoesNotContain("Torch.props", project.Imports);
            }
        );

    [Fact]
    public void Projects_but_Testing_have_tests() =>
        Assert.All(
            Sources.Where(project => project.Name != "Kagome.Testing" && !IsYetToCome(project)),
            project => Assert.Contains($"tests/{project.Name}.Tests/{project.Name}.Tests.csproj", Solution.ProjectPaths)
        );

    [Fact]
    public void Solution_lists_every_project() =>
        Assert.All(
            Sources
                .Concat(ProjectFile.Under("tests"))
                .Concat(ProjectFile.Under("bench"))
                .Where(project => !IsYetToCome(project)),
            project => Assert.Contains(project.RelativePath, Solution.ProjectPaths)
        );

    /// <summary>The last two projects to come may stand outside the solution and without tests until their tests' folder exists.</summary>
    private static bool IsYetToCome(ProjectFile project) =>
        ShortName(project) is "Cli" or "Evaluation"
        && !Directory.Exists(Path.Combine(Repository.Root, "tests", $"{project.Name}.Tests"));

    private static string ShortName(ProjectFile project) => WithoutPrefix(project.Name);

    private static string WithoutPrefix(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
}
