namespace Kagome.Cli.Tests;

/// <summary>A predictor that is trained in a second and learns next to nothing.</summary>
internal static class PredictorModel
{
    public static async Task Train(string dataPath, string runFolder)
    {
        ProgramRun run = await ProgramRun.Of(
            "train",
            "predictor",
            "--data",
            dataPath,
            "--recipe",
            "tiny-predictor",
            "--steps",
            "2",
            "--out",
            runFolder
        );
        Assert.Equal(ExitCode.Success, run.ExitCode);
    }
}
