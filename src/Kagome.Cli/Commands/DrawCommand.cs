using System.CommandLine;
using Kagome.Cli.Options;
using Kagome.Cli.Views;
using Kagome.Crystals.Structures;
using Kagome.Formats;
using Kagome.Reports.Crystals;
using Kagome.Reports.Plots;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Cli.Commands;

/// <summary>kagome draw: a picture of crystals side by side.</summary>
internal static class DrawCommand
{
    private const int MostCrystals = 6;

    private const string Help =
        "Draw the cells of crystals side by side, as PNG or SVG.\n\n"
        + "Example:\n  kagome draw predictions/NaCl/NaCl_001.cif samples/textbook/NaCl.cif --titles predicted,known --out NaCl.png";

    public static Command Create()
    {
        Argument<string[]> files = Operand<string[]>(
            "FILE",
            $"Files of one crystal each; at most {MostCrystals}.",
            new(1, MostCrystals)
        );
        Option<string> path = RequiredText("--out", "The picture; .png or .svg.");
        Option<string?> titles = Text(
            "--titles",
            "What to write over each, with commas between. Default: the formulas."
        );
        SourceFormat from = new();
        Option<bool> force = Force("Replace a picture that exists.");
        Command command = new("draw", Help) { files, from.Option, path, titles, force };
        return command.SetWork(
            (parsed, _) =>
            {
                string target = parsed.GetRequiredValue(path);
                OutputFile.RefuseReplacing(target, parsed.GetValue(force));
                string[] sources = parsed.GetRequiredValue(files);
                CrystalRecord[] records =
                [
                    .. sources.Select(source => StructureFile.ReadSingle(source, from.Read(parsed))),
                ];
                foreach (string remark in records.SelectMany(record => record.Remarks))
                {
                    parsed.InvocationConfiguration.Error.WriteLine($"remark: {remark}");
                }

                Structure[] crystals = [.. records.Select(record => record.Structure)];
                string[] names = Titles(parsed.GetValue(titles), crystals);
                Write(target, CrystalPicture.Draw([.. names.Zip(crystals)]));
                return ExitCode.Success;
            }
        );
    }

    private static string[] Titles(string? list, Structure[] crystals)
    {
        string[] titles = list?.Split(',') ?? [.. crystals.Select(crystal => crystal.Composition.ToString())];
        return titles.Length == crystals.Length
            ? titles
            : throw new InputException(
                $"--titles has {titles.Length} titles; expected {crystals.Length}, one a crystal, with commas between."
            );
    }

    private static void Write(string path, Figure figure)
    {
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".png":
                AtomicFile.Write(path, figure.Png());
                break;
            case ".svg":
                AtomicFile.Write(path, figure.Svg());
                break;
            default:
                throw new InputException($"--out: {path} ends in neither .png nor .svg; expected one of the two.");
        }
    }
}
