using Kagome.Diagnosis;
using Kagome.Testing;

namespace Kagome.Tests.Diagnosis;

public sealed class InstallationTests(TinyModels models) : IClassFixture<TinyModels>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken TestCancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Examine_of_what_works_finds_nothing_broken_and_leaves_no_file()
    {
        IReadOnlyList<Finding> findings = Installation.Examine(models.Options, folder.Location, TestCancellation);
        Assert.DoesNotContain(findings, finding => finding.State == FindingState.Broken);
        Assert.Contains(findings, finding => finding is { Name: "model", Value: "kagome-g: intact" });
        Assert.Contains(findings, finding => finding is { Name: "folder", State: FindingState.Fine });
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Location));
    }

    [Fact]
    public void Examine_of_a_damaged_model_says_what_is_broken()
    {
        File.WriteAllText(folder["damaged.safetensors"], "no tensors");
        Finding damaged = Single("model", new ModelOptions { Folder = folder.Location });
        Assert.Equal(FindingState.Broken, damaged.State);
        Assert.StartsWith("damaged: ", damaged.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Examine_without_models_names_the_options_of_its_way_out()
    {
        Finding none = Single("model", new ModelOptions { Folder = folder.Location });
        Assert.Equal(FindingState.Limited, none.State);
        Assert.All(none.Options, option => Assert.Contains(option, none.WayOut, StringComparison.Ordinal));
        Assert.NotEmpty(none.Options);
    }

    [Fact]
    public void Examine_of_a_folder_that_cannot_be_written_to_says_so() =>
        Assert.Equal(
            FindingState.Limited,
            Installation
                .Examine(models.Options, folder["absent"], TestCancellation)
                .Single(finding => finding.Name == "folder")
                .State
        );

    [Fact]
    public void Examine_that_is_cancelled_ends() =>
        Assert.Throws<OperationCanceledException>(() =>
            Installation.Examine(models.Options, null, new CancellationToken(canceled: true))
        );

    public void Dispose() => folder.Dispose();

    private static Finding Single(string name, ModelOptions options) =>
        Installation.Examine(options, cancellation: TestCancellation).Single(finding => finding.Name == name);
}
