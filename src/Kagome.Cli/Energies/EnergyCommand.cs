using System.CommandLine;
using Kagome.Cli.Output;

namespace Kagome.Cli.Energies;

/// <summary>kagome energy: how far crystals lie above the hull, by DAO-P.</summary>
internal static class EnergyCommand
{
    private const string Help = """
        Predict energies above hull, in eV/atom, of any crystals.

        Each crystal is judged in its primitive Niggli cell. Data with labels get errors, too, beside two baselines: always the median, and
        the mean of the same elements (the crystals of the reference that hold exactly the same elements; where there are none, the mean of
        the elements' own means).

        Examples:
          kagome energy NaCl.cif MgO.cif
          kagome energy --data mp20-val.jsonl.gz --reference mp20-train.jsonl.gz --out energies
          kagome energy predictions/NaCl/candidates.extxyz --csv
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
        Option<string?> reference = new("--reference")
        {
            Description =
                "Labelled crystals that the baselines know, such as the training data; without it the other crystals of the data.",
        };
        Option<string?> output = new("--out")
        {
            Description = "Folder for energies.csv, energies.json and, with labels, energy-parity.png and .svg.",
        };
        Option<string> device = DeviceChoice.CreateOption();
        Option<bool> json = new("--json") { Description = "Print all as JSON on stdout." };
        Option<bool> csv = new("--csv") { Description = "Print a row a crystal as CSV on stdout." };
        Command command = new("energy", Help) { files, data, split, model, reference, output, device, json, csv };
        command.SetWork(
            (parsed, cancellation) =>
                Task.FromResult(
                    PredictEnergies.Run(
                        new EnergyRequest
                        {
                            Files = parsed.GetValue(files) ?? [],
                            DataPaths = parsed.GetValue(data) ?? [],
                            Split = parsed.GetValue(split),
                            Model = parsed.GetValue(model),
                            ReferencePath = parsed.GetValue(reference),
                            OutputFolder = parsed.GetValue(output),
                            Device = parsed.GetRequiredValue(device),
                            PrintsJson = parsed.GetValue(json),
                            PrintsCsv = parsed.GetValue(csv),
                        },
                        CommandStreams.Of(parsed),
                        cancellation
                    )
                )
        );
        return command;
    }
}
