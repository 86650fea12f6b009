using System.CommandLine;
using System.Runtime.CompilerServices;
using Kagome.Cli.Options;
using Kagome.Cli.Views;
using Kagome.Formats;
using Kagome.Output;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Cli.Commands;

/// <summary>kagome predict: a formula in, crystals out.</summary>
internal static class PredictCommand
{
    private const string Help = """
        Predict crystal structures of formulas.

        Examples:
          kagome predict NaCl
          kagome predict SrTiO3 MgO --samples 50 --seed 7 --format cif,poscar
          kagome predict TiO2 --z 2,4 --json
          kagome predict SrTiO3 --space-group Pnma
          kagome predict SrTiO3 --model kagome-g --guidance 1 --relax --predictor runs/mine/model.safetensors

        A command that was stopped goes on where it was when it is given again; until it ends, what is done lies in predictions.unfinished.
        """;

    public static Command Create()
    {
        Argument<string[]> formulas = Operand<string[]>(
            "FORMULA",
            "Formulas such as NaCl or Ca3(PO4)2; one that is not reduced, such as Na4Cl4, is taken as the whole cell.",
            ArgumentArity.ZeroOrMore
        );
        Option<string?> from = Text(
            "--from",
            "A file with a formula a line, each with an optional atom count of the cell."
        );
        PredictionChoice choice = new();
        Option<string> output = Text("--out", "Folder of the results.", "predictions");
        Option<string> formats = Text(
            "--format",
            "File formats: cif, poscar, extxyz, json; several with commas.",
            "cif"
        );
        Option<bool> json = Json("Print the candidates as JSON on stdout.");
        Option<bool> trajectory = Flag("--trajectory", "Also write how each candidate came to be, as extended XYZ.");
        Option<bool> keepAll = Flag(
            "--keep-all",
            "Write files of all candidates, also of those that are the same crystal."
        );
        Command command = new Command("predict", Help)
            .With(formulas, from)
            .With(choice.All)
            .With(output, formats, json, trajectory, keepAll);
        return command.SetWork(
            async (parsed, cancellation) =>
            {
                using UnfinishedWork unfinished = UnfinishedWork.Of(parsed, parsed.GetRequiredValue(output));
                int code = await RunAsync(
                    FormulaList.Read(parsed.GetValue(formulas) ?? [], parsed.GetValue(from)),
                    choice.Read(parsed) with
                    {
                        KeepsTrajectory = parsed.GetValue(trajectory),
                    },
                    choice.ReadModels(parsed),
                    new PredictionFolder(
                        parsed.GetRequiredValue(output),
                        parsed.GetRequiredValue(formats).Split(',', StringSplitOptions.TrimEntries),
                        parsed.GetValue(keepAll)
                    ),
                    parsed.GetValue(json),
                    CommandStreams.Of(parsed),
                    unfinished.Folder,
                    cancellation
                );
                unfinished.Complete();
                return code;
            }
        );
    }

    private static async Task<int> RunAsync(
        IReadOnlyList<FormulaList.Entry> formulas,
        PredictionOptions options,
        ModelOptions models,
        PredictionFolder folder,
        bool printsJson,
        CommandStreams streams,
        string journals,
        CancellationToken cancellation
    )
    {
        using CrystalPredictor kagome = CrystalPredictor.Load(models);
        PredictionPlan[] plans =
        [
            .. FormulaList.PlanEach(
                formulas,
                entry => kagome.Plan(entry.Formula, options with { AtomCount = entry.Atoms }, cancellation),
                streams.Error
            ),
        ];
        List<PredictionDocument> documents = [];
        await foreach (
            (Prediction prediction, PredictionDocument document) in PredictEachAsync(
                kagome,
                plans,
                folder,
                streams.Error,
                journals,
                cancellation
            )
        )
        {
            documents.Add(document);
            if (!printsJson)
            {
                CandidateTable.Print(streams.Output, prediction, document.Folder);
            }
        }

        if (printsJson)
        {
            streams.Output.WriteLine(DocumentSchema.Predictions.Format(documents));
        }

        return ExitCode.Success;
    }

    /// <summary>Predicts formula by formula; each is written before it is given.</summary>
    public static async IAsyncEnumerable<(Prediction Prediction, PredictionDocument Document)> PredictEachAsync(
        CrystalPredictor kagome,
        IReadOnlyList<PredictionPlan> plans,
        PredictionFolder folder,
        TextWriter error,
        string journals,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        folder.Prepare(plans);
        foreach (string concern in plans.SelectMany(plan => plan.Concerns))
        {
            error.WriteLine($"warning: {OptionNames.Reword(concern, [nameof(PredictionOptions.LargestAtomCount)])}");
        }

        foreach (PredictionPlan plan in plans)
        {
            if (plan.Cells.Count > 0)
            {
                error.WriteLine($"{plan.Formula}: samples per cell {string.Join(", ", plan.Cells.Select(Words))}");
            }

            using ConsoleProgress progress = new(error);
            Prediction prediction = await kagome.PredictAsync(plan, progress, cancellation, journals);
            yield return (prediction, folder.Write(prediction));
        }
    }

    private static string Words(PlannedCell cell) =>
        $"Z = {cell.FormulaUnits} ({cell.Composition.AtomCount} atoms): {cell.Samples}";
}
