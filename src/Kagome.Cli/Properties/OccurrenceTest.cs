using Kagome.Checkpoints;
using Kagome.Evaluation.Properties;
using Kagome.Sampling.Energies;

namespace Kagome.Cli.Properties;

/// <summary>The second question: does a crystal have the property at all? A logistic regression on the features of each fold's network.</summary>
/// <param name="Models">Log odds from a crystal's features, one for each fold.</param>
/// <param name="Scores">On formulas that were not learned from.</param>
internal sealed record OccurrenceTest(LinearModel[] Models, OccurrenceScores Scores)
{
    /// <summary>On the weights of standardised features.</summary>
    private const double Penalty = 30;

    /// <returns>Null where a fold has crystals of one kind only.</returns>
    public static OccurrenceTest? Of(PropertyData data, CrystalReading[][] readings)
    {
        bool[] holds = [.. data.Crystals.Select(crystal => crystal.HasProperty)];
        double[][] compositions =
        [
            .. data.Crystals.Select(crystal => CompositionFeatures.Of(crystal.Cell.Composition)),
        ];
        List<LinearModel> models = [];
        List<double> scores = [];
        List<double> compositionScores = [];
        List<bool> answers = [];
        for (int fold = 0; fold < readings.Length; fold++)
        {
            CrystalReading[] own = readings[fold];
            int[] known = [.. Places(data, crystal => crystal.Fold is { } at && at != fold)];
            int[] tested = [.. Places(data, crystal => crystal.Fold == fold)];
            if (known.Select(at => holds[at]).Distinct().Count() < 2)
            {
                return null;
            }

            bool[] knownAnswers = [.. known.Select(at => holds[at])];
            LinearModel model = LogisticRegression.Fit(
                [.. known.Select(at => own[at].Features)],
                knownAnswers,
                Penalty
            );
            LinearModel composition = RidgeRegression.Fit(
                [.. known.Select(at => compositions[at])],
                [.. knownAnswers.Select(answer => answer ? 1.0 : 0.0)]
            );
            models.Add(model);
            scores.AddRange(tested.Select(at => model.Value(own[at].Features)));
            compositionScores.AddRange(tested.Select(at => composition.Value(compositions[at])));
            answers.AddRange(tested.Select(at => holds[at]));
        }

        return answers.Distinct().Count() < 2
            ? null
            : new OccurrenceTest(
                [.. models],
                new OccurrenceScores(
                    answers.Count,
                    answers.Average(answer => answer ? 1.0 : 0.0),
                    scores.Zip(answers, (score, answer) => score > 0 == answer ? 1.0 : 0.0).Average(),
                    AreaUnderCurve.Of(scores, answers),
                    AreaUnderCurve.Of(compositionScores, answers)
                )
            );
    }

    private static IEnumerable<int> Places(PropertyData data, Func<PropertyCrystal, bool> isWanted) =>
        Enumerable.Range(0, data.Crystals.Count).Where(at => isWanted(data.Crystals[at]));
}
