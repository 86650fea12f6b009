using System.CommandLine;
using Kagome.Cli.Output;

namespace Kagome.Cli.Relaxation;

/// <summary>kagome relax: moves crystals to lower predicted energy.</summary>
internal static class RelaxCommand
{
    private const string Help = """
        Relax crystals by the gradients of a predictor (DAO-P), coordinates and lattice together.

        Each crystal goes its own way, in its primitive Niggli cell. A crystal whose relaxation diverges is kept as it was, and marked; steps
        that would collapse it are refused. The labels of data are kept as they are: they belong to the original.

        Examples:
          kagome relax NaCl.cif --iterations 20
          kagome relax --data mp-extra.jsonl.gz --out relaxed
        """;

    public static Command Create()
    {
        Argument<string[]> files = new("FILE")
        {
            Description = "Files or folders of crystals, in any format that Kagome reads.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string[]> data = new("--data")
        {
            Description = "Data sets, whose damaged entries are counted and left out.",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<string?> split = new("--split")
        {
            Description = "Only entries of this split, and those that name none.",
        };
        Option<string?> model = new("--model")
        {
            Description = "A predictor's name or file; kagome-p where it came with the program.",
        };
        Option<int> iterations = NumberOption.PositiveNumber("--iterations", "Most steps of each crystal.", 5);
        Option<string> output = new("--out")
        {
            Description = "Folder for relaxed.jsonl and relaxation.json; `kagome convert` makes other formats of it.",
            DefaultValueFactory = _ => "relaxed",
        };
        Option<string> device = DeviceChoice.CreateOption();
        Option<bool> json = new("--json") { Description = "Print all as JSON on stdout." };
        Command command = new("relax", Help) { files, data, split, model, iterations, output, device, json };
        command.SetWork(
            (parsed, cancellation) =>
                Task.FromResult(
                    RelaxCrystals.Run(
                        new RelaxRequest
                        {
                            Files = parsed.GetValue(files) ?? [],
                            DataPaths = parsed.GetValue(data) ?? [],
                            Split = parsed.GetValue(split),
                            Model = parsed.GetValue(model),
                            Iterations = parsed.GetValue(iterations),
                            OutputFolder = parsed.GetRequiredValue(output),
                            Device = parsed.GetRequiredValue(device),
                            PrintsJson = parsed.GetValue(json),
                        },
                        CommandStreams.Of(parsed),
                        cancellation
                    )
                )
        );
        return command;
    }
}
