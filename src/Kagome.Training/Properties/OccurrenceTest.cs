using Kagome.Models;

namespace Kagome.Training.Properties;

/// <summary>The second question: does a crystal have the property at all? Trees on the composition answer it.</summary>
/// <param name="Forests">How likely a crystal of a composition has it, one for each fold.</param>
/// <param name="Scores">How well they do on formulas that they did not learn from.</param>
internal sealed record OccurrenceTest(IReadOnlyList<RegressionForest> Forests, OccurrenceScores Scores)
{
    /// <param name="data">All crystals.</param>
    /// <param name="cancellation">Stops between folds.</param>
    /// <returns>Null where a fold has crystals of one kind only.</returns>
    public static OccurrenceTest? Of(PropertyData data, CancellationToken cancellation)
    {
        IReadOnlyList<PropertyCrystal> crystals = data.Crystals;
        List<RegressionForest> forests = [];
        List<double> probabilities = [];
        List<bool> answers = [];
        for (int fold = 0; fold < data.Settings.Folds; fold++)
        {
            PropertyCrystal[] known = [.. crystals.Where(crystal => crystal.IsKnownTo(fold))];
            PropertyCrystal[] tested = [.. crystals.Where(crystal => crystal.Fold == fold)];
            if (known.Select(crystal => crystal.HasProperty).Distinct().Count() < 2)
            {
                return null;
            }

            RegressionForest forest = ForestTraining.Fit(
                [.. known.Select(crystal => crystal.Features)],
                [.. known.Select(crystal => Number(crystal.HasProperty))],
                data.Seed,
                cancellation
            );
            forests.Add(forest);
            probabilities.AddRange(tested.Select(crystal => forest.Value(crystal.Features)));
            answers.AddRange(tested.Select(crystal => crystal.HasProperty));
        }

        return answers.Distinct().Count() < 2
            ? null
            : new OccurrenceTest(
                forests,
                new OccurrenceScores(
                    answers.Count,
                    answers.Average(Number),
                    probabilities.Zip(answers, (probability, answer) => Number(probability > 0.5 == answer)).Average(),
                    AreaUnderCurve.Of(probabilities, answers)
                )
            );
    }

    private static double Number(bool answer) => answer ? 1 : 0;
}
