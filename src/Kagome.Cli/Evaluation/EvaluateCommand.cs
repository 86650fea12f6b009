using System.CommandLine;
using Kagome.Cli.Output;
using Kagome.Cli.Prediction;
using Kagome.Reports.Published;
using static Kagome.Cli.NumberOption;

namespace Kagome.Cli.Evaluation;

/// <summary>kagome evaluate: how good is a model, by the measures of the field?</summary>
internal static class EvaluateCommand
{
    private const string Help = """
        Score a model, or another program's structures, on known crystals as papers do, and write a report with plots.

        Examples:
          kagome evaluate --model kagome-g --data perov5.jsonl.gz --split test --limit 200
          kagome evaluate --data mp20-test.csv --samples 20 --out runs/mp20 --resume
          kagome evaluate --data mp20-test.csv --predictions structures/
          kagome evaluate --compare runs/steps-50 runs/steps-200 runs/steps-1000
          kagome evaluate --compare runs/plain runs/guided --predictor kagome-p
        """;

    public static Command Create()
    {
        Option<string?> data = new("--data")
        {
            Description = "The known crystals: .jsonl(.gz), .csv with a cif column, .extxyz, or a folder of files.",
        };
        Option<string[]> compare = new("--compare")
        {
            Description =
                "Put finished evaluations side by side, with differences to the first and a plot of match rate against steps; nothing is sampled.",
            AllowMultipleArgumentsPerToken = true,
        };
        Option<string> split = new("--split")
        {
            Description = "Which entries, of those that name their split; all takes every one.",
            DefaultValueFactory = _ => "test",
        };
        Option<int?> limit = PositiveNumber(
            "--limit",
            "Score only so many crystals, chosen as if at random, but always the same ones."
        );
        Option<int?> samples = PositiveNumber(
            "--samples",
            "Structures of each crystal, K: 1 by default; of --predictions all that there are."
        );
        SamplerOptions sampler = new();
        Option<long> seed = new("--seed")
        {
            Description = "Seed of all noise and of the confidence intervals.",
            DefaultValueFactory = _ => 1,
        };
        Option<string> model = new("--model")
        {
            Description = "A model's name (see `kagome models list`) or file.",
            DefaultValueFactory = _ => "kagome-g",
        };
        Option<double?> guidance = GuidanceOption.Create(
            "--guidance",
            "How hard a predictor pulls samples to low energy."
        );
        Option<double?> guidanceCoordinates = GuidanceOption.Create(
            "--guidance-coordinates",
            "The same for coordinates alone."
        );
        Option<double?> guidanceLattice = GuidanceOption.Create("--guidance-lattice", "The same for lattices alone.");
        Option<string?> predictor = new("--predictor")
        {
            Description =
                "The predictor that guides, kagome-p where it came with the program; with --compare, the one that is asked of all structures.",
        };
        Option<string?> predictions = new("--predictions")
        {
            Description =
                "Score these instead of a model: a folder of files, or one file of many structures, named by the crystals' ids (ID, ID_1, ID_2, …).",
        };
        Option<string?> output = new("--out") { Description = "Folder of the results; evaluations/… by default." };
        Option<string?> benchmark = new("--benchmark")
        {
            Description =
                "The published figures to show beside: perov-5, carbon-24, mp-20 or mpts-52; told by the file's name by default.",
        };
        benchmark.AcceptOnlyFromAmong([.. Benchmark.Names]);
        Option<bool> resume = new("--resume") { Description = "Go on with the evaluation in the folder." };
        Option<string> device = DeviceChoice.CreateOption();
        Option<bool> json = new("--json") { Description = "Print the summary as JSON on stdout." };
        Command command = new("evaluate", Help)
        {
            data,
            split,
            limit,
            samples,
            seed,
            model,
            guidance,
            guidanceCoordinates,
            guidanceLattice,
            predictor,
            predictions,
            output,
            benchmark,
            compare,
            resume,
            device,
            json,
        };
        sampler.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetResult(data) is null == result.GetResult(compare) is null)
            {
                result.AddError("Give either --data, the crystals to score on, or --compare, folders of evaluations.");
            }

            if (result.GetResult(predictions) is not null && result.GetResult(model) is { Implicit: false })
            {
                result.AddError("Give --model to sample, or --predictions to score what there is, not both.");
            }
        });
        command.SetWork(
            (parsed, cancellation) =>
                Task.FromResult(
                    parsed.GetValue(compare) is { Length: > 0 } folders
                        ? CompareEvaluations.Run(
                            new ComparisonRequest(
                                folders,
                                parsed.GetValue(predictor),
                                parsed.GetValue(output),
                                parsed.GetRequiredValue(device),
                                parsed.GetValue(json)
                            ),
                            CommandStreams.Of(parsed),
                            cancellation
                        )
                        : Evaluate.Run(Settings(parsed), CommandStreams.Of(parsed), cancellation)
                )
        );
        return command;

        EvaluateSettings Settings(ParseResult parsed) =>
            new()
            {
                Data = parsed.GetValue(data)!,
                Split = parsed.GetRequiredValue(split),
                Limit = parsed.GetValue(limit),
                Samples = parsed.GetValue(samples),
                Seed = parsed.GetValue(seed),
                Sampler = sampler.Read(parsed),
                CoordinateGuidance = parsed.GetValue(guidanceCoordinates) ?? parsed.GetValue(guidance) ?? 0,
                LatticeGuidance = parsed.GetValue(guidanceLattice) ?? parsed.GetValue(guidance) ?? 0,
                Predictor = parsed.GetValue(predictor),
                Model = parsed.GetRequiredValue(model),
                Predictions = parsed.GetValue(predictions),
                OutputFolder = parsed.GetValue(output),
                Benchmark = parsed.GetValue(benchmark),
                Resume = parsed.GetValue(resume),
                Device = parsed.GetRequiredValue(device),
                PrintsJson = parsed.GetValue(json),
            };
    }
}
