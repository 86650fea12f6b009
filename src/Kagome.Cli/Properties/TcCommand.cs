using System.CommandLine;
using Kagome.Cli.Models;
using Kagome.Cli.Output;

namespace Kagome.Cli.Properties;

/// <summary>kagome tc: from a formula or a structure to a superconductor's critical temperature.</summary>
internal static class TcCommand
{
    private const string DefaultModel = "kagome-tc";

    private const string Help = """
        Predict critical temperatures of superconductors, in kelvin.

        A formula's structures are predicted, relaxed and ranked by energy; Tc is told of the best ones. A file is taken as it is. Also told:
        the expected range, the energy above hull, how likely the crystal superconducts at all, and what the models had not seen.

        Examples:
          kagome tc MgB2
          kagome tc Nb3Sn.cif --json
          kagome tc V3Si --samples 30 --seed 7 --best 5
        """;

    public static Command Create()
    {
        Argument<string[]> targets = new("FORMULA|FILE")
        {
            Description = "Formulas, or files of crystals.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string?> model = new("--model")
        {
            Description = "The ensemble; kagome-tc where it came with the program.",
        };
        PropertyOptions options = new();
        Command command = new("tc", Help) { targets, model };
        options.AddTo(command);
        command.SetWork(
            (parsed, cancellation) =>
                Task.FromResult(
                    PredictProperty.Run(
                        options.Read(
                            parsed,
                            parsed.GetValue(model) ?? ShippedModel(),
                            parsed.GetValue(targets) ?? [],
                            tellsEnergies: true
                        ),
                        CommandStreams.Of(parsed),
                        cancellation
                    )
                )
        );
        return command;
    }

    /// <exception cref="BadInputException">It did not come with the program.</exception>
    private static string ShippedModel() =>
        ModelLocation.Shipped.Select(ModelLocation.Name).Contains(DefaultModel)
            ? DefaultModel
            : throw new BadInputException(
                $"{DefaultModel} did not come with this program (looked in {ModelLocation.ShippedFolder}). Train it with `kagome train property --recipe kagome-tc --data FILE`, and give its model.safetensors with --model."
            );
}
