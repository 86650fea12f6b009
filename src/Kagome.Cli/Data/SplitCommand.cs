using System.CommandLine;
using System.Globalization;
using Kagome.Cli.Output;
using Kagome.DataSets.Splits;

namespace Kagome.Cli.Data;

/// <summary>kagome data split: parts of a data set that share no formula.</summary>
internal static class SplitCommand
{
    private const string Help = """
        Split a data set so that all polymorphs of a formula are in one part.

        A formula's part depends on nothing but the formula, the shares and the seed: more crystals later, or another order, change no other crystal's
        part. The last named part takes the formulas of the lowest hashes, so that val of train=0.9,val=0.1 is what training holds out by itself.
        Each part states its name as the split of its crystals.

        Example:
          kagome data split all.jsonl.gz --out splits --shares train=0.9,val=0.05,test=0.05
        """;

    public static Command Create()
    {
        Argument<string[]> files = DataCommand.Files();
        Option<string> output = DataCommand.Output("Folder for a file a part, such as train.jsonl.gz.");
        Option<string> shares = new("--shares")
        {
            Description = "Names of the parts and their shares of the formulas, which add up to 1.",
            DefaultValueFactory = _ => "train=0.9,val=0.05,test=0.05",
        };
        Option<long> seed = new("--seed") { Description = "Another seed is another split." };
        Option<bool> force = DataCommand.Force();
        Option<bool> json = DataCommand.Json();
        Command command = new("split", Help) { files, output, shares, seed, force, json };
        command.SetWork(
            (parsed, cancellation) =>
                Task.FromResult(
                    SplitData.Run(
                        parsed.GetRequiredValue(files),
                        parsed.GetRequiredValue(output),
                        [.. parsed.GetRequiredValue(shares).Split(',', StringSplitOptions.TrimEntries).Select(Share)],
                        parsed.GetValue(seed),
                        parsed.GetValue(force),
                        parsed.GetValue(json),
                        CommandStreams.Of(parsed),
                        cancellation
                    )
                )
        );
        return command;
    }

    private static SplitShare Share(string text) =>
        text.Split('=') is [{ Length: > 0 } name, var number]
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_')
        && double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double share)
            ? new SplitShare(name, share)
            : throw new BadInputException(
                $"--shares has '{text}'; expected a name of letters and digits and a share, such as train=0.9,val=0.1."
            );
}
