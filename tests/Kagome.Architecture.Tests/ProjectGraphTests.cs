namespace Kagome.Architecture.Tests;

/// <summary>Which project may know which: a new arrow is a decision, not an accident.</summary>
public sealed class ProjectGraphTests
{
    private const string Prefix = "Kagome.";

    private static readonly Dictionary<string, string[]> Graph = new(StringComparer.Ordinal)
    {
        ["Crystals"] = [],
        ["Formats"] = ["Crystals"],
        ["Processes"] = [],
        ["Networks"] = ["Crystals"],
        ["Models"] = ["Formats", "Networks", "Processes"],
        ["Prototypes"] = ["Models"],
        ["Kagome"] = ["Models", "Models.Pretrained", "Prototypes"],
        ["Training"] = ["DataSets", "Evaluation", "Kagome"],
        ["Evaluation"] = ["Kagome"],
        ["DataSets"] = ["Formats"],
        ["Reports"] = ["Campaigns", "DataSets", "Evaluation"],
        ["Web"] = ["Kagome"],
        ["Campaigns"] = ["Kagome"],
        ["Cli"] = ["Campaigns", "DataSets", "Evaluation", "Reports", "Training", "Web"],
    };

    private static readonly string[] ContentOnly = ["Kagome.Models.Pretrained"];

    private static IReadOnlyList<ProjectFile> Sources => ProjectFile.Under("src");

    [Fact]
    public void Projects_of_the_graph_reference_exactly_what_it_says() =>
        Assert.All(
            Sources,
            project =>
                Assert.Equal(
                    Graph[ShortName(project)].Order(StringComparer.Ordinal),
                    project.ProjectReferences.Select(WithoutPrefix).Order(StringComparer.Ordinal)
                )
        );

    [Fact]
    public void Projects_under_src_are_in_the_graph() =>
        Assert.Equal(Graph.Keys.Order(StringComparer.Ordinal), Sources.Select(ShortName).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("Crystals")]
    [InlineData("Formats")]
    [InlineData("DataSets")]
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

    /// <summary>The compiler leaves out of an assembly what its code does not use.</summary>
    [Fact]
    public void References_are_used() =>
        Assert.All(
            Sources,
            project =>
                Assert.Empty(
                    project
                        .ProjectReferences.Except(ContentOnly)
                        .Except(
                            ProductAssemblies
                                .Find(project.Name)
                                .GetReferencedAssemblies()
                                .Select(assembly => assembly.Name!)
                        )
                )
        );

    [Fact]
    public void Friends_are_projects_of_the_solution() =>
        Assert.All(
            Sources.Concat(ProjectFile.Under("tests")).Concat(ProjectFile.Under("bench")),
            project =>
                Assert.Empty(
                    project.Friends.Except(Solution.ProjectPaths.Select(path => Path.GetFileNameWithoutExtension(path)))
                )
        );

    [Fact]
    public void Projects_have_tests() =>
        Assert.All(
            Sources,
            project => Assert.Contains($"tests/{project.Name}.Tests/{project.Name}.Tests.csproj", Solution.ProjectPaths)
        );

    [Fact]
    public void Solution_lists_every_project() =>
        Assert.All(
            Sources.Concat(ProjectFile.Under("tests")).Concat(ProjectFile.Under("bench")),
            project => Assert.Contains(project.RelativePath, Solution.ProjectPaths)
        );

    private static string ShortName(ProjectFile project) => WithoutPrefix(project.Name);

    private static string WithoutPrefix(string name) =>
        name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
}
