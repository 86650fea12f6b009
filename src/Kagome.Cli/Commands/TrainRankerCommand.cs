using System.CommandLine;
using Kagome.Cli.Views;
using Kagome.Training.Ranking;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Cli.Commands;

/// <summary>kagome train ranker: which of the known structure types a formula has.</summary>
internal static class TrainRankerCommand
{
    private const string Help = """
        Train what ranks known structure types, on a library of prototypes.

        Each crystal of the library is asked for in turn; the others, without those of its own formula, answer, and the matcher says which of them
        are right. Then each formula is asked for, and it learns which of the cells that others have is that of the most stable crystal. One formula in
        twenty is held out, to show how well it does. Some minutes on two cores for 25,000 crystals. A training that was
        stopped goes on after its last whole epoch with --resume, and gives the same ranker as one that was not.

        Example:
          kagome train ranker --library mine.prototypes --out mine-ranker.safetensors
        """;

    public static Command Create()
    {
        Option<string> library = RequiredText("--library", "The library, as `kagome prototypes build` writes it.");
        Option<string> output = RequiredText("--out", "The file to write, such as mine-ranker.safetensors.");
        Option<int> epochs = PositiveNumber("--epochs", "How often each crystal is asked for.", 10);
        Option<long> seed = Seed("Seed of the first weights and of all chance.");
        Option<string?> cellsOf = Text(
            "--cells-of",
            "A trained ranker: keep what it knows of structure types, and learn anew which cell a formula has (minutes)."
        );
        Option<bool> resume = Flag("--resume", "Go on after the last whole epoch of the training that was stopped.");
        Command command = new Command("ranker", Help).With(library, output, epochs, seed, cellsOf, resume);
        return command.SetWork(
            (parsed, cancellation) =>
            {
                MpiStart.Refuse("kagome train ranker");
                CommandStreams streams = CommandStreams.Of(parsed);
                RankerTrainingOptions options = new()
                {
                    Library = parsed.GetRequiredValue(library),
                    Output = parsed.GetRequiredValue(output),
                    Epochs = parsed.GetValue(epochs),
                    Seed = parsed.GetValue(seed),
                    CellsOf = parsed.GetValue(cellsOf),
                    Resume = parsed.GetValue(resume),
                };
                if (options.Resume && !File.Exists(options.StatePath))
                {
                    streams.Error.WriteLine($"There is no state to go on from ({options.StatePath}); beginning anew.");
                }

                RankerTrainingResult result;
                try
                {
                    using ConsoleProgress progress = new(streams.Error);
                    result = RankerTrainer.Train(options, progress, cancellation);
                }
                catch (OperationCanceledException)
                    when (cancellation.IsCancellationRequested && File.Exists(options.StatePath))
                {
                    streams.Error.WriteLine(
                        "Stopped; go on after the last whole epoch with the same command and --resume."
                    );
                    return ExitCode.Interrupted;
                }

                TextTable table = new("epoch", "loss", "held-out loss", "right first", "among 5")
                {
                    IsRightAligned = true,
                };
                foreach (RankerEpoch epoch in result.Epochs)
                {
                    table.Add(
                        $"{epoch.Epoch}",
                        epoch.Loss.ToString("F4"),
                        epoch.HeldOutLoss.ToString("F4"),
                        $"{100 * epoch.First:F1} %",
                        $"{100 * epoch.AmongFive:F1} %"
                    );
                }

                if (result.Epochs.Count > 0)
                {
                    table.Write(streams.Output);
                }

                if (result.Cells is { } cells)
                {
                    streams.Output.WriteLine(
                        $"cells: the likeliest is right for {100 * cells.First:F1} % of {cells.HeldOut} formulas held out, {100 * cells.FirstByCrystals:F1} % by counting known crystals; learned from {cells.Learned}"
                    );
                }

                streams.Error.WriteLine(
                    result.Epochs.Count > 0
                        ? $"Done: {result.Path}, learned from {result.Learned} crystals, tried on {result.HeldOut} of other formulas."
                        : $"Done: {result.Path}."
                );
                return ExitCode.Success;
            }
        );
    }
}
