using Kagome.Testing;

namespace Kagome.Crystals.Tests.Symmetry;

public sealed class SpglibLocationsTests
{
    [Fact]
    public void Candidates_set_path_is_the_only_one() =>
        Assert.Equal(["/opt/x/libsymspg.so"], Candidates(("KAGOME_SPGLIB", "/opt/x/libsymspg.so")));

    [Fact]
    public void Candidates_set_folder_is_searched()
    {
        string folder = Path.GetTempPath();
        Assert.All(
            Candidates(("KAGOME_SPGLIB", folder)),
            path => Assert.StartsWith(folder, path, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Candidates_begin_with_the_systems_own_and_look_into_conda()
    {
        string[] found = [.. Candidates(("CONDA_PREFIX", "/conda"))];
        Assert.DoesNotContain(Path.DirectorySeparatorChar, found[0]);
        Assert.Contains(found, path => path.StartsWith("/conda", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Candidates(params (string Name, string Value)[] variables) =>
        SpglibLocations.Candidates(name => Array.Find(variables, variable => variable.Name == name).Value);
}
