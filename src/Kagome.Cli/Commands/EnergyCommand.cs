using System.CommandLine;
using Kagome.Cli.Options;
using Kagome.Cli.Views;
using Kagome.Crystals.Structures;
using Kagome.Evaluation.Regression;
using Kagome.Formats;
using Kagome.Reports.Energies;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Cli.Commands;

/// <summary>kagome energy: how far crystals lie above the hull, by DAO-P.</summary>
internal static class EnergyCommand
{
    private const string Help = """
        Predict energies above hull, in eV/atom, of any crystals.

        Each crystal is evaluated in its primitive Niggli cell. Data with labels get errors, too, beside two baselines: always the median, and
        the mean of the same elements (the crystals of the reference that hold exactly the same elements; where there are none, the mean of
        the elements' own means). With --out a command that was stopped goes on where it was when it is given again.

        Examples:
          kagome energy NaCl.cif MgO.cif
          kagome energy --data mp20-val.jsonl.gz --reference mp20-train.jsonl.gz --out energies
          kagome energy predictions/NaCl/candidates.extxyz --csv
        """;

    public static Command Create()
    {
        CrystalInputs inputs = new();
        ModelChoice models = ModelChoice.OfPredictor();
        Option<string?> reference = Text(
            "--reference",
            "Labelled crystals that the baselines know, such as the training data; without it the other crystals of the data."
        );
        Option<string?> output = Text(
            "--out",
            "Folder for energies.csv, energies.json and, with labels, energy-parity.png and .svg."
        );
        Option<bool> json = Json();
        Option<bool> csv = Flag("--csv", "Print a row a crystal as CSV on stdout.");
        Command command = new Command("energy", Help)
            .With(inputs.Files)
            .With(inputs.Options)
            .With(models.Predictor, reference, output, models.Device, json, csv);
        return command.SetWork(
            async (parsed, cancellation) =>
            {
                CommandStreams streams = CommandStreams.Of(parsed);
                using EnergyPredictor predictor = EnergyPredictor.Load(models.Read(parsed));
                string? path = parsed.GetValue(output);
                EnergyFolder? folder = path is null ? null : new EnergyFolder(path);
                using UnfinishedWork? unfinished = path is null ? null : UnfinishedWork.Of(parsed, path);
                string? known = parsed.GetValue(reference);
                LabelledCrystal[]? labelled = known is null ? null : ReadReference(known, predictor);
                CrystalInput input = inputs.Read(parsed);
                EnergyDocument document = EnergyDocument.Of(
                    predictor,
                    await PredictAsync(predictor, input, streams.Error, unfinished?.Folder, cancellation),
                    labelled,
                    known
                );
                input.Report(streams.Error);
                folder?.Write(document);
                unfinished?.Complete();
                if (parsed.GetValue(json))
                {
                    streams.Output.WriteLine(DocumentSchema.Energies.Format(document));
                }
                else if (parsed.GetValue(csv))
                {
                    document.WriteCsv(streams.Output);
                }
                else
                {
                    EnergyTable.Print(streams.Output, document);
                }

                return input.IsComplete ? ExitCode.Success : ExitCode.BadInput;
            }
        );
    }

    private static async Task<IReadOnlyList<EnergyPrediction>> PredictAsync(
        EnergyPredictor predictor,
        CrystalInput input,
        TextWriter error,
        string? journals,
        CancellationToken cancellation
    )
    {
        using ConsoleProgress progress = new(error);
        return await predictor.PredictAsync(input.Read(), progress, cancellation, journals).ToArrayAsync(cancellation);
    }

    private static LabelledCrystal[] ReadReference(string path, EnergyPredictor predictor)
    {
        LabelledCrystal[] known =
        [
            .. new CrystalReader(path) { Splits = ["train"] }
                .Read()
                .Where(record => Labels.Number(record, predictor.Label) is not null)
                .Select(record => new LabelledCrystal(
                    record.Structure.Composition,
                    Labels.Number(record, predictor.Label)!.Value
                )),
        ];
        return known.Length > 0
            ? known
            : throw new InputException(
                $"--reference {path} has no crystal with a number as label '{predictor.Label}'; give the data that the model learned from."
            );
    }
}
