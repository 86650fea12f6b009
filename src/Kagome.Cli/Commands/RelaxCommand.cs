using System.CommandLine;
using Kagome.Cli.Options;
using Kagome.Cli.Views;
using Kagome.Formats;
using Kagome.Output;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Cli.Commands;

/// <summary>kagome relax: moves crystals to lower predicted energy.</summary>
internal static class RelaxCommand
{
    private const string Help = """
        Relax crystals by the gradients of a predictor (DAO-P), coordinates and lattice together.

        Each crystal goes its own way, in its primitive Niggli cell. A crystal whose relaxation diverges is kept as it was, and marked; steps
        that would collapse it are refused. The labels of data are kept as they are: they belong to the original. A command that was stopped goes
        on where it was when it is given again.

        Converged only means that the predictor sees no lower energy nearby. A crystal whose volume changes by more than 5 % is remarked upon: PBE,
        whose crystals the predictor learned from, gives volumes to some 5 %, so that a larger change is a fault of the predictor or of the crystal that
        was given. relaxed.jsonl has the change, as a share of the volume before, in the label predicted_volume_change.

        Examples:
          kagome relax NaCl.cif --iterations 20
          kagome relax --data mp-extra.jsonl.gz --out relaxed
        """;

    public static Command Create()
    {
        CrystalInputs inputs = new();
        ModelChoice models = ModelChoice.OfPredictor();
        Option<int> iterations = PositiveNumber(
            "--iterations",
            "Most steps of each crystal.",
            new RelaxationOptions().Iterations
        );
        Option<string> output = Text(
            "--out",
            "Folder for relaxed.jsonl and relaxation.json; `kagome convert` makes other formats of it.",
            "relaxed"
        );
        Option<bool> keepsSymmetry = Flag(
            "--keep-symmetry",
            "Move each crystal to its exact space group, and take no step that leaves it."
        );
        Option<double> symprec = Symprec();
        Option<bool> json = Json();
        Command command = new Command("relax", Help)
            .With(inputs.Files)
            .With(inputs.Options)
            .With(models.Predictor, iterations, keepsSymmetry, symprec, output, models.Device, json);
        return command.SetWork(
            async (parsed, cancellation) =>
            {
                CommandStreams streams = CommandStreams.Of(parsed);
                using EnergyPredictor predictor = EnergyPredictor.Load(models.Read(parsed));
                RelaxationOptions options = new()
                {
                    Iterations = parsed.GetValue(iterations),
                    KeepsSymmetry = parsed.GetValue(keepsSymmetry),
                    Symprec = parsed.GetValue(symprec),
                };
                CrystalInput input = inputs.Read(parsed);
                string path = parsed.GetRequiredValue(output);
                using RelaxationFolder folder = new(path);
                using UnfinishedWork unfinished = UnfinishedWork.Of(parsed, path);
                List<RelaxationDocument.Entry> entries = [];
                using (ConsoleProgress progress = new(streams.Error))
                {
                    await foreach (
                        RelaxationResult result in predictor.RelaxAsync(
                            input.Read(),
                            options,
                            progress,
                            cancellation,
                            unfinished.Folder
                        )
                    )
                    {
                        folder.Add(result.Record);
                        entries.Add(RelaxationDocument.Entry.Of(result));
                    }
                }

                input.Report(streams.Error);
                RelaxationDocument document = RelaxationDocument.Of(predictor, options, entries);
                folder.Finish(document);
                unfinished.Complete();
                _ = streams.Print(
                    parsed.GetValue(json),
                    DocumentSchema.Relaxation,
                    document,
                    text => RelaxationTable.Print(text, document, path)
                );
                return input.IsComplete ? ExitCode.Success : ExitCode.BadInput;
            }
        );
    }
}
