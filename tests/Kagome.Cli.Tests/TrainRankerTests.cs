using Kagome.Prototypes;
using Kagome.Tests;
using Kagome.Training.Tests.Ranking;

namespace Kagome.Cli.Tests;

/// <summary>kagome train ranker, and predict with what it wrote.</summary>
public sealed class TrainRankerTests(TinyModels models) : IClassFixture<TinyModels>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Train_ranker_of_a_library_writes_one_that_predict_takes()
    {
        using (PrototypeLibrary rule = RankerLibrary.Build(int.MaxValue))
        {
            rule.Write(folder["rule.prototypes"]);
        }

        ProgramRun run = await ProgramRun.Of(
            "train",
            "ranker",
            "--library",
            folder["rule.prototypes"],
            "--epochs=2",
            "--seed=3",
            "--out",
            folder["rule.safetensors"]
        );
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.StartsWith("epoch", run.Output, StringComparison.Ordinal);
        Assert.Contains("learned from", run.Error, StringComparison.Ordinal);
        await Predict("rule");
        using (PrototypeLibrary small = RankerLibrary.Build(20))
        {
            small.Write(folder["few.prototypes"]);
        }

        ProgramRun few = await ProgramRun.Of(
            "train",
            "ranker",
            "--library",
            folder["few.prototypes"],
            "--out",
            folder["few.safetensors"]
        );
        few.AssertRefused("expected some hundreds to learn from");
    }

    [Fact]
    public async Task Train_ranker_of_a_library_with_several_cells_says_how_well_it_tells_them()
    {
        using (PrototypeLibrary cells = RankerLibrary.WithCells())
        {
            cells.Write(folder["cells.prototypes"]);
        }

        string[] command = ["train", "ranker", "--library", folder["cells.prototypes"], "--epochs=1", "--out"];
        ProgramRun run = await ProgramRun.Of([.. command, folder["cells.safetensors"]]);
        Assert.Equal(ExitCode.Success, run.ExitCode);
        Assert.Contains("cells: the likeliest is right for 100.0 % of", run.Output, StringComparison.Ordinal);
        await Predict("cells");
        ProgramRun again = await ProgramRun.Of([
            .. command,
            folder["again.safetensors"],
            "--cells-of",
            folder["cells.safetensors"],
        ]);
        Assert.Equal(ExitCode.Success, again.ExitCode);
        Assert.StartsWith("cells: the likeliest", again.Output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(folder["cells.safetensors"]), File.ReadAllBytes(folder["again.safetensors"]));
        (await ProgramRun.Of([.. command, folder["third.safetensors"], "--cells-of", folder["none"]])).AssertRefused(
            "--cells-of is"
        );
    }

    public void Dispose() => folder.Dispose();

    private async Task Predict(string name)
    {
        ProgramRun run = await ProgramRun.Of([
            "predict",
            "NaCl",
            "--candidates=prototypes",
            "--library",
            folder[$"{name}.prototypes"],
            "--ranker",
            folder[$"{name}.safetensors"],
            "--model",
            models.PathOf(TinyModels.Generator),
            "--predictor=none",
            "--out",
            folder["out"],
        ]);
        Assert.Equal(ExitCode.Success, run.ExitCode);
    }
}
