using System.CommandLine;
using Kagome.Cli.Options;
using Kagome.Cli.Views;
using Kagome.Crystals.Matching;
using Kagome.Evaluation;
using Kagome.Evaluation.Comparisons;
using Kagome.Formats;
using Kagome.Reports.Markdown;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Cli.Commands;

/// <summary>kagome evaluate: how good is a model, by the measures of the field?</summary>
internal static class EvaluateCommand
{
    private const string Help = """
        Score a model, or another program's structures, on known crystals as papers do, and write a report with plots.

        Examples:
          kagome evaluate --model kagome-g --data perov5.jsonl.gz --split test --limit 200
          kagome evaluate --data mp20-test.csv --samples 20 --out runs/mp20 --resume
          kagome evaluate --candidates both --samples 20 --data mine.jsonl
          kagome evaluate --data mp20-test.csv --predictions structures/
          kagome evaluate --compare runs/steps-50 runs/steps-200 runs/steps-1000
          kagome evaluate --compare runs/plain runs/guided --predictor kagome-p
        """;

    private const string DefaultFolder = "evaluations";

    public static Command Create()
    {
        Option<string?> data = Text(
            "--data",
            "The known crystals: .jsonl(.gz), .csv with a cif column, .extxyz, or a folder of files."
        );
        Option<string[]> compare = Paths(
            "--compare",
            "Put finished evaluations side by side, with differences to the first and a plot of match rate against steps; nothing is sampled."
        );
        Option<string> split = Text(
            "--split",
            "Which entries, of those that name their split; all takes every one.",
            "test"
        );
        Option<int?> limit = PositiveNumber(
            "--limit",
            "Score only so many crystals, chosen as if at random, but always the same ones."
        );
        Option<bool> polymorphs = Flag(
            "--polymorphs",
            "Score only crystals whose formula has several in the data; how many of a formula's structures are found is told in any case."
        );
        Option<bool> formulaOnly = Flag(
            "--formula-only",
            "Ask for each formula alone, as users do, and not for the crystal's cell; of several crystals of a formula the one nearest to the hull is right. For known structure types."
        );
        Option<int?> samples = Value<int?>(
                "--samples",
                "Structures of each crystal, K: 1 by default; of --predictions all that there are."
            )
            .Requiring(token => IsWhole(token, 1), $"a whole number from 1 to {EvaluationOptions.LargestSamples}.");
        SamplingOptions sampler = new(
            "1 of a generator alone, to measure what it has learned; else 0.5 of diffusion, 0.1 of a flow"
        );
        Option<long> seed = Seed("Seed of all noise and of the confidence intervals.");
        GuidanceOptions guidance = new("How hard a predictor pulls samples to low energy.");
        ModelChoice models = ModelChoice.OfGenerator(
            "The predictor that guides, kagome-p where it came with the program; with --compare, the one that is asked of all structures."
        );
        Option<string?> predictions = Text(
            "--predictions",
            "Score these instead of a model: a folder of files, or one file of many structures, named by the crystals' ids (ID, ID_1, ID_2, …), or a .pt file of CDVAE or DiffCSP, in the order of the data."
        );
        SourceFormat from = new();
        Option<string> candidates = Choice(
            "--candidates",
            "What is evaluated: the generator, known structure types, or what predict makes of both; of the last two the first --samples different crystals count.",
            ["generated", "prototypes", "both"],
            "generated"
        );
        PrototypeChoice prototypes = new();
        Option<bool> newFormulas = Flag(
            "--without-same-formula",
            "Leave known crystals of a crystal's own formula out, so that none answers with a polymorph."
        );
        Option<bool> givenGroup = Flag(
            "--with-space-group",
            "Give the crystal's space group, as diffraction does: only structures of that group are asked for. For --candidates prototypes or both."
        );
        Option<bool> strict = Flag(
            "--strict",
            "Match by pymatgen's default tolerances (ltol 0.2, stol 0.3, angle 5°) instead of the wider ones of published figures."
        );
        Option<string?> output = Text("--out", "Folder of the results; evaluations/… by default.");
        Option<string?> benchmark = Choice(
            "--benchmark",
            "The published figures to show beside: perov-5, carbon-24, mp-20 or mpts-52; by default those that the file's name says.",
            Benchmark.Names
        );
        Option<bool> resume = Flag("--resume", "Go on with the evaluation in the folder.");
        Option<bool> json = Json("Print the summary as JSON on stdout.");
        Command command = new Command("evaluate", Help)
            .With(data, split, limit, polymorphs, formulaOnly, samples, seed, models.Generator)
            .With(guidance.All)
            .With(candidates)
            .With(prototypes.All)
            .With(newFormulas, givenGroup, strict)
            .With(models.Predictor, predictions, from.Option, output, benchmark, compare, resume, models.Device, json)
            .With(sampler.All);
        command.Validators.Add(result =>
        {
            if (result.GetResult(data) is null == result.GetResult(compare) is null)
            {
                result.AddError("Give either --data, the crystals to score on, or --compare, folders of evaluations.");
            }

            if (result.GetValue(givenGroup) && result.GetResult(compare) is not null)
            {
                result.AddError("--with-space-group is for --data; --compare asks for no structures. Leave it out.");
            }

            if (result.GetResult(predictions) is not null && result.GetResult(models.Generator) is { Implicit: false })
            {
                result.AddError("Give --model to sample, or --predictions to score what there is, not both.");
            }
        });
        return command.SetWork(
            (parsed, cancellation) =>
            {
                CommandStreams streams = CommandStreams.Of(parsed);
                return parsed.GetValue(compare) is { Length: > 0 } folders
                    ? CompareAsync(
                        folders,
                        parsed.GetValue(models.Predictor) is null ? null : models.Read(parsed),
                        parsed.GetValue(output) ?? Path.Combine(DefaultFolder, "comparison"),
                        parsed.GetValue(json),
                        streams,
                        cancellation
                    )
                    : EvaluateAsync(Options(parsed), parsed.GetValue(json), streams, cancellation);
            }
        );

        EvaluationOptions Options(ParseResult parsed)
        {
            CandidateSources sources = Enum.Parse<CandidateSources>(
                parsed.GetRequiredValue(candidates),
                ignoreCase: true
            );
            return WithFolder(
                new EvaluationOptions
                {
                    Data = parsed.GetValue(data)!,
                    Split = parsed.GetRequiredValue(split),
                    Limit = parsed.GetValue(limit),
                    PolymorphsOnly = parsed.GetValue(polymorphs),
                    FormulaOnly = parsed.GetValue(formulaOnly),
                    Samples = parsed.GetValue(samples),
                    Seed = parsed.GetValue(seed),
                    Candidates = sources,
                    LeavesOutFormula = parsed.GetValue(newFormulas),
                    GivesSpaceGroup = parsed.GetValue(givenGroup),
                    Tolerances = parsed.GetValue(strict) ? MatcherOptions.Default : MatcherOptions.Csp,
                    Models = models.Read(parsed) with { Prototypes = prototypes.ReadNamed(parsed) },
                    Sampler = sampler.Read(parsed),
                    CoordinateGuidance = guidance.Coordinates(parsed),
                    LatticeGuidance = guidance.Lattices(parsed),
                    Predictions = parsed.GetValue(predictions),
                    PredictionsFormat = from.Read(parsed),
                    OutputFolder = parsed.GetValue(output),
                    Benchmark = parsed.GetValue(benchmark),
                    Resume = parsed.GetValue(resume),
                }
            );
        }
    }

    private static async Task<int> EvaluateAsync(
        EvaluationOptions options,
        bool printsJson,
        CommandStreams streams,
        CancellationToken cancellation
    )
    {
        using Evaluator evaluator = Evaluator.Open(options, cancellation);
        foreach (string concern in evaluator.Plan.Concerns)
        {
            streams.Error.WriteLine($"warning: {concern}");
        }

        EvaluationResult result;
        try
        {
            using ConsoleProgress progress = new(streams.Error);
            result = await evaluator.RunAsync(progress, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            streams.Error.WriteLine(
                $"Stopped with {evaluator.ScoredCount} structures scored; go on with the same command and --resume."
            );
            return ExitCode.Interrupted;
        }

        string report = EvaluationReport.WriteTo(options.OutputFolder!, result);
        return streams.Print(
            printsJson,
            DocumentSchema.Evaluation,
            result.Summary,
            text =>
            {
                EvaluationTable.Print(result.Summary, text);
                text.WriteLine($"Report: {report}");
            }
        );
    }

    private static async Task<int> CompareAsync(
        IReadOnlyList<string> folders,
        ModelOptions? models,
        string output,
        bool printsJson,
        CommandStreams streams,
        CancellationToken cancellation
    )
    {
        using EnergyPredictor? predictor = models is null ? null : EnergyPredictor.Load(models);
        using ConsoleProgress progress = new(streams.Error);
        IReadOnlyList<ComparedEvaluation> evaluations = await EvaluationComparison.ReadAsync(
            folders,
            predictor,
            progress,
            cancellation
        );
        string page = ComparisonReport.WriteTo(output, evaluations);
        return streams.Print(
            printsJson,
            DocumentSchema.EvaluationComparison,
            evaluations,
            text =>
            {
                EvaluationTable.Print(evaluations, text);
                text.WriteLine($"{ComparisonReport.Warning(evaluations)}Page: {page}");
            }
        );
    }

    /// <summary>A folder named after what is scored, where none is named.</summary>
    private static EvaluationOptions WithFolder(EvaluationOptions options)
    {
        string source =
            options.Predictions
            ?? options.Candidates switch
            {
                CandidateSources.Prototypes => "prototypes",
                CandidateSources.Both => $"{options.Models.Generator}-and-prototypes",
                _ => options.Models.Generator,
            };
        string name = $"{Stem(source)}-{Stem(options.Data)}-{options.Split}";
        return options with { OutputFolder = options.OutputFolder ?? Path.Combine(DefaultFolder, name) };
    }

    private static string Stem(string path) => Path.GetFileName(Path.TrimEndingDirectorySeparator(path)).Split('.')[0];
}
