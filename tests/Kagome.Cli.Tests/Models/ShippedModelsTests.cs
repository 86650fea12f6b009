using System.Security.Cryptography;
using Kagome.Cli.Options;
using Kagome.Models;

namespace Kagome.Cli.Tests.Models;

/// <summary>Gives the program a folder of models, as a release has; other tests look for models, so none of them runs meanwhile.</summary>
[Collection(Collection)]
public sealed class ShippedModelsTests : IAsyncLifetime
{
    public const string Collection = "shipped models";

    private const string Name = "shipped-by-a-test";

    private readonly TemporaryFolder folder = new();

    private string Model => folder[$"{Name}.safetensors"];

    public async ValueTask InitializeAsync()
    {
        string official = Path.Combine(AppContext.BaseDirectory, "Data", "official-style.ckpt");
        (await ProgramRun.Of("models", "import", official, Model)).AssertSuccess();
        string checksum = Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(Model)));
        folder.Write(ModelChecksums.FileName, $"{checksum}  {Name}.safetensors\n");
        Environment.SetEnvironmentVariable(ModelFolder.Variable, folder["."]);
    }

    [Fact]
    public async Task List_shows_the_model_by_its_name()
    {
        ProgramRun run = await ProgramRun.Of("models", "list");
        run.AssertSuccess();
        Assert.Contains($"{Name}\tgenerator\t199,899\t", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_without_names_checks_all_that_are_listed()
    {
        ProgramRun intact = await ProgramRun.Of("models", "verify");
        intact.AssertSuccess();
        Assert.Contains($"{Name}: OK", intact.Output, StringComparison.Ordinal);
        File.Delete(Model);
        ProgramRun absent = await ProgramRun.Of("models", "verify");
        Assert.Equal(ExitCode.Failure, absent.ExitCode);
        Assert.Contains($"{Name}: FAILED", absent.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Info_finds_the_model_by_its_name_and_names_it_to_those_who_mistype()
    {
        (await ProgramRun.Of("models", "info", Name)).AssertSuccess();
        (await ProgramRun.Of("models", "info", "shiped")).AssertRefused(Name);
    }

    [Fact]
    public async Task Doctor_calls_a_damaged_model_broken()
    {
        await File.AppendAllTextAsync(Model, "x", TestContext.Current.CancellationToken);
        ProgramRun run = await ProgramRun.Of("doctor");
        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.Contains("Broken:", run.Output, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync()
    {
        Environment.SetEnvironmentVariable(ModelFolder.Variable, null);
        folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>Tests that give the whole program another folder of models, or look at which it has: they run when no other test does.</summary>
[CollectionDefinition(ShippedModelsTests.Collection, DisableParallelization = true)]
public sealed class ShippedModelsGroup;
