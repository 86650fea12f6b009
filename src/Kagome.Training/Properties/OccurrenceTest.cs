using Kagome.Models;

namespace Kagome.Training.Properties;

/// <summary>The second question: does a crystal have the property at all? A logistic regression on the features of each fold's network.</summary>
/// <param name="Models">Log odds from a crystal's features, one for each fold.</param>
/// <param name="Scores">How well they do on formulas that they did not learn from.</param>
internal sealed record OccurrenceTest(IReadOnlyList<LinearModel> Models, OccurrenceScores Scores)
{
    /// <summary>On the weights of standardised features.</summary>
    private const double Penalty = 30;

    /// <param name="data">All crystals.</param>
    /// <param name="features">What each fold's network makes of each crystal.</param>
    /// <param name="cancellation">Stops between folds.</param>
    /// <returns>Null where a fold has crystals of one kind only.</returns>
    public static OccurrenceTest? Of(PropertyData data, double[][][] features, CancellationToken cancellation)
    {
        IReadOnlyList<PropertyCrystal> crystals = data.Crystals;
        List<LinearModel> models = [];
        List<double> scores = [];
        List<double> compositionScores = [];
        List<bool> answers = [];
        for (int fold = 0; fold < features.Length; fold++)
        {
            double[][] own = features[fold];
            int[] known = data.Places(crystal => crystal.IsKnownTo(fold));
            int[] tested = data.Places(crystal => crystal.Fold == fold);
            bool[] knownAnswers = [.. known.Select(at => crystals[at].HasProperty)];
            if (knownAnswers.Distinct().Count() < 2)
            {
                return null;
            }

            LinearModel model = LogisticRegression.Fit(
                [.. known.Select(at => own[at])],
                knownAnswers,
                Penalty,
                cancellation
            );
            LinearModel composition = RidgeRegression.Fit(
                [.. known.Select(at => crystals[at].Features)],
                [.. knownAnswers.Select(Number)],
                cancellation
            );
            models.Add(model);
            scores.AddRange(tested.Select(at => model.Value(own[at])));
            compositionScores.AddRange(tested.Select(at => composition.Value(crystals[at].Features)));
            answers.AddRange(tested.Select(at => crystals[at].HasProperty));
        }

        return answers.Distinct().Count() < 2
            ? null
            : new OccurrenceTest(
                models,
                new OccurrenceScores(
                    answers.Count,
                    answers.Average(Number),
                    scores.Zip(answers, (score, answer) => Number(score > 0 == answer)).Average(),
                    AreaUnderCurve.Of(scores, answers),
                    AreaUnderCurve.Of(compositionScores, answers)
                )
            );
    }

    private static double Number(bool answer) => answer ? 1 : 0;
}
