using System.Security.Cryptography;
using System.Text.Json;

namespace Kagome.Cli.Tests.Models;

[Collection(ShippedModelsTests.Collection)]
public sealed class ModelsTests
{
    /// <summary>A checkpoint of the shape that DAO's authors released, with random weights.</summary>
    private static readonly string Official = Path.Combine(AppContext.BaseDirectory, "Data", "official-style.ckpt");

    [Fact]
    public async Task Import_gives_a_model_that_info_shows()
    {
        using TemporaryFolder folder = new();
        string model = await Import(folder);
        ProgramRun run = await ProgramRun.Of("models", "info", model, "--json");
        run.AssertSuccess();
        using JsonDocument document = JsonDocument.Parse(run.Output);
        Assert.Equal(Sha256(model), document.RootElement.GetProperty("sha256").GetString());
        Assert.True(document.RootElement.GetProperty("parameter_count").GetInt64() > 0);
        Assert.Equal("official-style", document.RootElement.GetProperty("provenance").GetProperty("name").GetString());
        ProgramRun text = await ProgramRun.Of("info", model);
        text.AssertSuccess();
        Assert.Contains($"sha256\t{Sha256(model)}", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_replaces_nothing_without_force()
    {
        using TemporaryFolder folder = new();
        string target = folder.Write("model.safetensors", "precious");
        (await ProgramRun.Of("models", "import", Official, target)).AssertRefused("--force");
        Assert.Equal("precious", await File.ReadAllTextAsync(target, TestContext.Current.CancellationToken));
        (await ProgramRun.Of("models", "import", Official, target, "--force")).AssertSuccess();
    }

    [Fact]
    public async Task Import_of_another_file_is_refused_and_writes_nothing()
    {
        using TemporaryFolder folder = new();
        string source = folder.Write("model.ckpt", "no checkpoint at all");
        (await ProgramRun.Of("models", "import", source, folder["out.safetensors"])).AssertRefused("model.ckpt");
        (await ProgramRun.Of("models", "import", Official, folder["out.onnx"])).AssertRefused(".safetensors");
        Assert.Equal(["model.ckpt"], folder.FileNames);
    }

    [Fact]
    public async Task Verify_intact_model_succeeds_listed_or_not()
    {
        using TemporaryFolder folder = new();
        string model = await Import(folder);
        ProgramRun unlisted = await ProgramRun.Of("models", "verify", model);
        unlisted.AssertSuccess();
        Assert.Contains("no SHA256SUMS lists it", unlisted.Output, StringComparison.Ordinal);
        folder.Write("SHA256SUMS", $"{Sha256(model)}  model.safetensors\n");
        ProgramRun listed = await ProgramRun.Of("models", "verify", model);
        listed.AssertSuccess();
        Assert.Equal("model: OK", listed.Output.Trim());
    }

    [Fact]
    public async Task Verify_truncated_model_fails()
    {
        using TemporaryFolder folder = new();
        string model = await Import(folder);
        folder.Write("SHA256SUMS", $"{Sha256(model)}  model.safetensors\n");
        await using (FileStream file = new(model, FileMode.Open))
        {
            file.SetLength(file.Length - 1);
        }

        ProgramRun run = await ProgramRun.Of("models", "verify", model);
        Assert.Equal(ExitCode.Failure, run.ExitCode);
        Assert.StartsWith("model: FAILED", run.Output, StringComparison.Ordinal);
        ProgramRun json = await ProgramRun.Of("models", "verify", model, "--json");
        Assert.Equal(ExitCode.Failure, json.ExitCode);
        JsonElement found = JsonDocument.Parse(json.Output).RootElement.GetProperty("models")[0];
        Assert.False(found.GetProperty("is_intact").GetBoolean());
        Assert.True(found.GetProperty("is_listed").GetBoolean());
    }

    [Fact]
    public async Task Verify_model_of_another_checksum_fails_and_info_refuses_it()
    {
        using TemporaryFolder folder = new();
        string model = await Import(folder);
        folder.Write("SHA256SUMS", $"{new string('0', 64)} *model.safetensors\n");
        ProgramRun run = await ProgramRun.Of("models", "verify", model);
        Assert.Equal(ExitCode.Failure, run.ExitCode);
        (await ProgramRun.Of("models", "info", model)).AssertRefused("model.safetensors");
    }

    [Fact]
    public async Task Verify_damaged_list_names_its_line()
    {
        using TemporaryFolder folder = new();
        string model = await Import(folder);
        folder.Write("SHA256SUMS", "\nabc  model.safetensors\n");
        (await ProgramRun.Of("models", "verify", model)).AssertRefused("SHA256SUMS:2");
    }

    [Fact]
    public async Task Info_unknown_name_is_refused()
    {
        (await ProgramRun.Of("models", "info", "philosophers-stone")).AssertRefused("philosophers-stone");
    }

    [Fact]
    public async Task List_json_has_the_models()
    {
        ProgramRun run = await ProgramRun.Of("models", "list", "--json");
        run.AssertSuccess();
        using JsonDocument document = JsonDocument.Parse(run.Output);
        Assert.Equal(JsonValueKind.Array, document.RootElement.GetProperty("models").ValueKind);
    }

    private static async Task<string> Import(TemporaryFolder folder)
    {
        string model = folder["model.safetensors"];
        ProgramRun run = await ProgramRun.Of("models", "import", Official, model);
        run.AssertSuccess();
        Assert.Contains(Sha256(model), run.Output, StringComparison.Ordinal);
        return model;
    }

    private static string Sha256(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
}
