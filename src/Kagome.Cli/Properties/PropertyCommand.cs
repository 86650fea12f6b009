using System.CommandLine;
using Kagome.Cli.Output;

namespace Kagome.Cli.Properties;

/// <summary>kagome property: what an ensemble says of crystals.</summary>
internal static class PropertyCommand
{
    private const string Help = """
        Predict a property of any crystals, with its uncertainty.

        The value is the mean of the ensemble's networks; the expected range comes from how far they disagree, as measured on crystals that none
        of them had seen. A target that is no file is taken for a formula: its structures are predicted, relaxed and ranked first.

        Examples:
          kagome property kagome-tc MgB2.cif
          kagome property runs/gap/model.safetensors --data mine.jsonl --csv
          kagome property kagome-tc Nb3Sn --samples 10
        """;

    public static Command Create()
    {
        Argument<string> model = new("MODEL") { Description = "An ensemble's name or file." };
        Argument<string[]> targets = new("FILE|FORMULA")
        {
            Description = "Files or folders of crystals, or formulas.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        PropertyOptions options = new();
        Command command = new("property", Help) { model, targets };
        options.AddTo(command);
        command.SetWork(
            (parsed, cancellation) =>
                Task.FromResult(
                    PredictProperty.Run(
                        options.Read(
                            parsed,
                            parsed.GetRequiredValue(model),
                            parsed.GetValue(targets) ?? [],
                            tellsEnergies: false
                        ),
                        CommandStreams.Of(parsed),
                        cancellation
                    )
                )
        );
        return command;
    }
}
