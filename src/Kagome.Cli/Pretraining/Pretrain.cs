using System.Globalization;
using Kagome.Cli.Energies;
using Kagome.Cli.Models;
using Kagome.Cli.Output;
using Kagome.Training.Loops;
using Kagome.Training.Pretraining;
using Kagome.Training.Recipes;

namespace Kagome.Cli.Pretraining;

/// <summary>The two-stage pretraining of DAO (arXiv 2503.10471, A.7): each stage from the one before, none of them twice.</summary>
internal sealed class Pretrain(PretrainSettings settings, CommandStreams streams)
{
    private readonly PretrainingRecipe recipe = settings.Recipe;
    private readonly string folder = settings.OutputFolder;
    private readonly List<StageReport> reports = [];

    public int Run(CancellationToken cancellation)
    {
        if (recipe.Predictor.Model is not null)
        {
            EnergyModel.Load(Predictor, settings.Device).Dispose(); // a mistake here shall not show after days of stage I
        }

        foreach (IStage stage in Stages())
        {
            try
            {
                reports.Add(Do(stage, cancellation));
            }
            catch (OperationCanceledException)
            {
                streams.Error.WriteLine($"kagome: stopped in stage {stage.Name}; the same command goes on from there.");
                return ExitCode.Interrupted;
            }
        }

        Print();
        return ExitCode.Success;
    }

    private IEnumerable<IStage> Stages()
    {
        string data = Path.Combine(folder, "data");
        string relaxed = Path.Combine(folder, "relaxation");
        yield return new DataPreparation(recipe, streams.Error);
        yield return Training("stage-one", recipe.StageOneRecipe, data, recipe.InitialModel);
        if (recipe.Predictor.Model is null)
        {
            string? initial = recipe.Predictor.StartsFromStageOne ? Model("stage-one") : null;
            yield return Training("predictor", recipe.PredictorRecipe, data, initial);
        }

        yield return new CrystalRelaxation(recipe, data, Predictor, settings.Device, streams.Error);
        yield return Training("stage-two", recipe.StageTwoRecipe, relaxed, Model("stage-one"));
        if (recipe is { FineTuning: { } tuning, FineTuningRecipe: { } tuningRecipe })
        {
            yield return new ModelTraining(
                "fine-tuning",
                tuningRecipe,
                () => tuning.Data,
                tuning.Validation.Count > 0 ? tuning.Validation : recipe.Validation,
                Model("stage-two"),
                settings.Device,
                streams.Error
            );
        }
    }

    private ModelTraining Training(string name, Recipe stageRecipe, string shards, string? initial) =>
        new(
            name,
            stageRecipe,
            () => CrystalShards.Of(shards),
            recipe.Validation,
            initial,
            settings.Device,
            streams.Error
        );

    /// <summary>File of the predictor that relaxes.</summary>
    private string Predictor => recipe.Predictor.Model is { } given ? ModelLocation.Find(given) : Model("predictor");

    private string Model(string stage) => Path.Combine(folder, stage, TrainingSession.ModelFileName);

    private StageReport Do(IStage stage, CancellationToken cancellation)
    {
        StageFolder place = new(folder, stage.Name);
        SortedDictionary<string, string> inputs = stage.Inputs();
        if (place.Finished(inputs) is { } done)
        {
            streams.Error.WriteLine($"Stage {stage.Name}: done before, and nothing that it is made from has changed.");
            return done;
        }

        string changed = place.Begin(inputs) is { } difference
            ? $" What it is made from has changed ({difference}); the old one was moved aside."
            : "";
        streams.Error.WriteLine($"Stage {stage.Name}: in {place.Location}.{changed}");
        long start = TimeProvider.System.GetTimestamp();
        StageResult result = stage.Run(place.Location, cancellation);
        double seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        StageReport report = new(stage.Name, inputs, result.Outputs, result.Figures, seconds);
        place.Finish(report);
        return report;
    }

    private void Print()
    {
        if (settings.PrintsJson)
        {
            streams.Output.WriteLine(JsonText.Format(reports));
            return;
        }

        TextTable table = new("stage", "seconds", "figures");
        foreach (StageReport report in reports)
        {
            table.Add(
                report.Stage,
                report.Seconds.ToString("F0", CultureInfo.InvariantCulture),
                string.Join(
                    "; ",
                    report.Figures.Select(figure =>
                        string.Create(CultureInfo.InvariantCulture, $"{figure.Key} {figure.Value:0.####}")
                    )
                )
            );
        }

        table.Write(streams.Output);
        streams.Output.WriteLine($"Model: {Model(reports[^1].Stage)}; predictor: {Predictor}");
    }
}
