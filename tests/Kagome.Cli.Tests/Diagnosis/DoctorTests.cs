using System.Text.Json;
using Kagome.Cli.Tests.Models;

namespace Kagome.Cli.Tests.Diagnosis;

[Collection(ShippedModelsTests.Collection)]
public sealed class DoctorTests
{
    [Fact]
    public async Task Doctor_finds_a_working_program()
    {
        ProgramRun run = await ProgramRun.Of("doctor");
        run.AssertSuccess();
        Assert.Contains("Kagome works here.", run.Output, StringComparison.Ordinal);
        Assert.Contains("libtorch\t", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_json_measures_products()
    {
        ProgramRun run = await ProgramRun.Of("doctor", "--json");
        run.AssertSuccess();
        using JsonDocument document = JsonDocument.Parse(run.Output);
        JsonElement product = document
            .RootElement.GetProperty("findings")
            .EnumerateArray()
            .Single(finding => finding.GetProperty("name").GetString() == "products in bfloat16");
        Assert.EndsWith("GFLOP/s", product.GetProperty("value").GetString(), StringComparison.Ordinal);
        Assert.Equal("fine", product.GetProperty("state").GetString());
    }
}
