using System.Globalization;
using Kagome.Models;
using Kagome.Training.Recipes;

namespace Kagome.Training;

/// <summary>A run's state on disk: what a killed run resumes from.</summary>
/// <remarks>Holds the optimizer's vectors, the steps taken, and what they belong to: the recipe and the data's fingerprint.</remarks>
internal static class TrainingStateFile
{
    private const string FormatKey = "format";
    private const string FormatName = "kagome-training-state";
    private const string StepsKey = "steps_taken";
    private const string TimeKey = "time_trained";
    private const string RecipeKey = "recipe";
    private const string DataKey = "data_fingerprint";

    /// <summary>Writes the state: whole or not at all.</summary>
    public static void Save(string path, TrainingRun run) =>
        SafetensorsFile.Write(
            path,
            run.SaveState(),
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [FormatKey] = FormatName,
                [StepsKey] = run.StepsTaken.ToString(CultureInfo.InvariantCulture),
                [TimeKey] = run.TimeTrained.ToString("c", CultureInfo.InvariantCulture),
                [RecipeKey] = Computation(run.Recipe),
                [DataKey] = run.DataFingerprint,
            }
        );

    /// <summary>Parts of a batch in the run that a state is of; 0 where it does not say, which <see cref="Load"/> finds out more of.</summary>
    /// <exception cref="TrainingStateException">The file is damaged.</exception>
    public static int Parts(string path)
    {
        using SafetensorsFile file = Read(path);
        try
        {
            return RecipeFile.Parse(file.Metadata.GetValueOrDefault(RecipeKey) ?? "", path).Run.Workers;
        }
        catch (RecipeException)
        {
            return 0;
        }
    }

    /// <summary>Puts a saved state into a run of the same recipe and data.</summary>
    /// <exception cref="TrainingStateException">The state belongs to another recipe or other data, is damaged, or is no state.</exception>
    public static void Load(string path, TrainingRun run)
    {
        using SafetensorsFile file = Read(path);
        if (file.Metadata.GetValueOrDefault(FormatKey) != FormatName)
        {
            throw new TrainingStateException($"{path} is no training state; expected one that `kagome train` wrote.");
        }

        if (!file.IsSealed)
        {
            throw new TrainingStateException(
                $"{path} has no seal, so that nobody can tell whether it is whole; expected one as `kagome train` wrote it."
            );
        }

        Require(path, "recipe", file.Metadata.GetValueOrDefault(RecipeKey), Computation(run.Recipe));
        Require(path, "data", file.Metadata.GetValueOrDefault(DataKey), run.DataFingerprint);
        if (
            !int.TryParse(file.Metadata.GetValueOrDefault(StepsKey), CultureInfo.InvariantCulture, out int steps)
            || !TimeSpan.TryParse(
                file.Metadata.GetValueOrDefault(TimeKey),
                CultureInfo.InvariantCulture,
                out TimeSpan time
            )
        )
        {
            throw new TrainingStateException(
                $"{path} does not say how many steps were taken in what time; the file is damaged."
            );
        }

        try
        {
            run.LoadState(file.Tensors, steps, time);
        }
        catch (ArgumentException exception)
        {
            throw new TrainingStateException($"{path}: {exception.Message}", exception);
        }
    }

    private static SafetensorsFile Read(string path)
    {
        try
        {
            return SafetensorsFile.Read(path);
        }
        catch (CheckpointException exception)
        {
            throw new TrainingStateException(exception.Message, exception);
        }
    }

    /// <summary>The recipe without what no number depends on.</summary>
    private static string Computation(Recipe recipe) => RecipeFile.Format(recipe with { Sources = null });

    private static void Require(string path, string what, string? found, string expected)
    {
        if (!string.Equals(found, expected, StringComparison.Ordinal))
        {
            string difference = FirstDifference(found ?? "", expected);
            throw new TrainingStateException(
                $"{path} was made with another {what}: {difference}. Resume with the same {what}, or start anew in another folder."
            );
        }
    }

    private static string FirstDifference(string found, string expected)
    {
        string[] before = found.Split('\n');
        string[] now = expected.Split('\n');
        int line = Enumerable
            .Range(0, Math.Min(before.Length, now.Length))
            .FirstOrDefault(at => before[at] != now[at], -1);
        return line < 0 ? "one has more lines" : $"'{before[line].Trim()}' then, '{now[line].Trim()}' now";
    }
}
