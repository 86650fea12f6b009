using System.CommandLine;
using Kagome.Cli.Commands;
using Kagome.Cli.Options;
using Kagome.Cli.Views;
using Kagome.Crystals.Structures;
using Kagome.Formats;
using Kagome.Models;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Benchmarks.Proposals;

/// <summary>proposals: what DAO-G knows of the structures that known structure types propose, as their judge and as their refiner.</summary>
internal static class ProposalsCommand
{
    private const string Help = """
        Ask a generator about the structures that known structure types propose for known crystals, without those of their own formulas.

        judge: its error in denoising each proposal, alone and beside the ranker. refine: the first proposal walked back from a low noise level, without
        noise, which keeps its symmetry. docs/experiments.md has what came out.

        Example:
          dotnet run -c Release --project bench/Kagome.Benchmarks -- proposals judge --data mp20-val.jsonl.gz --library mp20.prototypes --ranker mp20-ranker.safetensors --model mp-20
        """;

    public static RootCommand CreateRoot()
    {
        Argument<string> task = new("TASK") { Description = "judge or refine." };
        task.AcceptOnlyFromAmong("judge", "refine");
        Option<string> data = RequiredText("--data", "The known crystals.");
        PrototypeChoice prototypes = new();
        Option<string> model = Text("--model", "The generator.", "mp-20");
        Option<int> limit = PositiveNumber("--limit", "So many crystals, the first of the data.", 3000);
        Command command = new Command("proposals", Help) { task }
            .With(data, model, limit)
            .With(prototypes.All);
        command.SetWork(
            (parsed, cancellation) =>
            {
                using LoadedModel generator = LoadedModel.Load(
                    new ModelCatalog(),
                    parsed.GetRequiredValue(model),
                    ModelKind.Generator,
                    "cpu"
                );
                CrystalRecord[] crystals =
                [
                    .. new CrystalReader(parsed.GetRequiredValue(data)).Read(cancellation).Take(parsed.GetValue(limit)),
                ];
                JudgedCrystal[] judged = JudgedCrystal.Of(crystals, prototypes.Read(parsed), cancellation);
                CommandStreams streams = CommandStreams.Of(parsed);
                if (parsed.GetValue(task) == "judge")
                {
                    ProposalJudge.Run(judged, generator, streams.Output, cancellation);
                }
                else
                {
                    ProposalRefiner.Run(judged, generator, streams.Output, cancellation);
                }

                return Task.FromResult(ExitCode.Success);
            }
        );
        return new RootCommand { command };
    }
}
