using System.CommandLine;
using Kagome.Cli.Commands;
using Kagome.Cli.Options;
using Kagome.Cli.Views;
using Kagome.Crystals.Structures;
using Kagome.Formats;
using Kagome.Models;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Benchmarks.Proposals;

/// <summary>proposals: what DAO-G knows of the structures that known structure types propose, as their judge, their refiner and their voter.</summary>
internal static class ProposalsCommand
{
    private const string Help = """
        Ask a generator about the structures that known structure types propose for known crystals, without those of their own formulas.

        judge: its error in denoising each proposal, alone and beside the ranker. refine: the first proposal walked back from a low noise level, without
        noise, which keeps its symmetry. vote: samples that were made before (structures.jsonl of an evaluation), as votes for proposals that they match. docs/experiments.md has what came out.

        Example:
          dotnet run -c Release --project bench/Kagome.Benchmarks -- proposals judge --data mp20-val.jsonl.gz --library mp20.prototypes --ranker mp20-ranker.safetensors --model mp-20
        """;

    public static RootCommand CreateRoot()
    {
        Argument<string> task = new("TASK") { Description = "judge, refine or vote." };
        task.AcceptOnlyFromAmong("judge", "refine", "vote");
        Option<string> data = RequiredText("--data", "The known crystals.");
        PrototypeChoice prototypes = new();
        Option<string> model = Text("--model", "The generator.", "mp-20");
        Option<int> limit = PositiveNumber("--limit", "So many crystals, the first of the data.", 3000);
        Option<string?> samples = Text("--samples", "For vote: the structures.jsonl that `kagome evaluate` wrote.");
        Command command = new Command("proposals", Help) { task }
            .With(data, model, limit, samples)
            .With(prototypes.All);
        command.SetWork(
            (parsed, cancellation) =>
            {
                CrystalRecord[] crystals =
                [
                    .. new CrystalReader(parsed.GetRequiredValue(data)).Read(cancellation).Take(parsed.GetValue(limit)),
                ];
                JudgedCrystal[] judged = JudgedCrystal.Of(crystals, prototypes.Read(parsed), cancellation);
                TextWriter output = CommandStreams.Of(parsed).Output;
                if (parsed.GetValue(task) == "vote")
                {
                    string votes =
                        parsed.GetValue(samples) ?? throw new InputException("vote needs --samples.", "--samples");
                    ProposalVotes.Run(judged, new CrystalReader(votes).Read(cancellation), output, cancellation);
                    return Task.FromResult(ExitCode.Success);
                }

                using LoadedModel generator = LoadedModel.Load(
                    new ModelCatalog(),
                    parsed.GetRequiredValue(model),
                    ModelKind.Generator,
                    "cpu"
                );
                if (parsed.GetValue(task) == "judge")
                {
                    ProposalJudge.Run(judged, generator, output, cancellation);
                }
                else
                {
                    ProposalRefiner.Run(judged, generator, output, cancellation);
                }

                return Task.FromResult(ExitCode.Success);
            }
        );
        return new RootCommand { command };
    }
}
