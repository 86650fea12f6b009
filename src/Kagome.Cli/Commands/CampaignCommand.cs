using System.CommandLine;
using Kagome.Campaigns;
using Kagome.Campaigns.Merging;
using Kagome.Cli.Options;
using Kagome.Cli.Views;
using Kagome.Formats;
using Kagome.Reports.Campaigns;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Cli.Commands;

/// <summary>kagome campaign: many formulas, in shards that any machine works on.</summary>
internal static partial class CampaignCommand
{
    private const string Help = """
        Predict many formulas, in shards that one machine or many work on.

        Examples:
          kagome campaign new screening --from formulas.txt --shard-size 100
          kagome campaign run screening --all
          kagome campaign submit screening --slurm
          kagome campaign status screening
          kagome campaign merge screening --out results.parquet

        docs/cluster.md says how a cluster works on one.
        """;

    private const string NewHelp = """
        Plan a campaign: check formulas, leave repetitions out, fix settings, models and version.

        Examples:
          kagome campaign new screening --from formulas.txt
          kagome campaign new screening --from candidates.csv --shard-size 50 --samples 50 --top 5 --skip-bad

        The file has a formula a line, with the atom count of the cell if wanted (NaCl 8); # begins a remark. A first line that names columns, such as
        id,formula,atoms, makes it CSV. Every line that cannot be predicted is said with its number; without --skip-bad nothing is planned then.
        """;

    private const string RunHelp = """
        Work on one shard, or on all of them.

        Examples:
          kagome campaign run screening --shard 12
          kagome campaign run screening --all

        Without --shard, the number comes from the variable by which a queue or MPI numbers tasks: SLURM_ARRAY_TASK_ID, JOB_COMPLETION_INDEX, PBS_ARRAY_INDEX and
        OMPI_COMM_WORLD_RANK count from 0, SGE_TASK_ID from 1. What is done is not done again: a run that was stopped or killed goes on when it is given again.
        """;

    private const string StatusHelp = """
        Say how far a campaign is: done, running, failed and why, to do, rate and time left.

        Examples:
          kagome campaign status screening
          kagome campaign status screening --json
          kagome campaign status screening --watch
        """;

    private const string RetryHelp = """
        Open formulas again that failed, and no others; the next run does them.

        Example:
          kagome campaign retry screening && kagome campaign run screening --all
        """;

    private const string MergeHelp = """
        Put all results into one file, in the order of the formulas, and write a page with plots.

        Examples:
          kagome campaign merge screening --out results.parquet
          kagome campaign merge screening --out results.db --report page
          kagome campaign merge screening --out so-far.jsonl.gz --partial

        .parquet is a table with a row a crystal, .db a database of ASE, .jsonl the JSON lines of OPTIMADE. docs/cluster.md names the columns.
        """;

    public static Command Create() =>
        new("campaign", Help)
        {
            CreateNew(),
            CreateRun(),
            CreateSubmit(),
            CreateStatus(),
            CreateRetry(),
            CreateMerge(),
        };

    private static string Reword(FormulaProblem problem) => OptionNames.Reword(problem.Message, problem.Options);

    private static Argument<string> Folder() => Operand<string>("DIR", "The folder of the campaign.");

    private static Command CreateNew()
    {
        Argument<string> folder = Operand<string>("DIR", "A new folder.");
        Option<string> from = RequiredText("--from", "The file of formulas.");
        CampaignSettings standard = new();
        Option<int> shardSize = PositiveNumber(
            "--shard-size",
            "Formulas of a shard, which one task of a queue works on.",
            standard.ShardSize,
            CampaignSettings.LargestShardSize
        );
        Option<int> top = PositiveNumber(
            "--top",
            "Distinct crystals that are kept of a formula.",
            standard.Crystals,
            CampaignSettings.MostCrystals
        );
        Option<bool> skipBad = Flag(
            "--skip-bad",
            "Plan without lines that cannot be predicted; left-out.txt has them."
        );
        Option<bool> json = Json("Print the plan as JSON on stdout.");
        PredictionChoice choice = new();
        return new Command("new", NewHelp)
            .With(folder, from, shardSize, top, skipBad, json)
            .With(choice.All)
            .SetWork(
                (parsed, cancellation) =>
                {
                    CommandStreams streams = CommandStreams.Of(parsed);
                    string path = parsed.GetRequiredValue(from);
                    CampaignSettings settings = new()
                    {
                        ShardSize = parsed.GetValue(shardSize),
                        Crystals = parsed.GetValue(top),
                        Prediction = choice.Read(parsed),
                    };
                    ModelOptions models = choice.ReadModels(parsed);
                    using CrystalPredictor predictor = CrystalPredictor.Load(models);
                    using ConsoleProgress progress = new(streams.Error);
                    Campaign campaign = CampaignPlanner.Create(
                        parsed.GetRequiredValue(folder),
                        FormulaFile.Read(path),
                        settings,
                        predictor,
                        models,
                        parsed.GetValue(skipBad),
                        bad => progress.Keep($"{path}:{bad.Line}: {OptionNames.Reword(bad.Problem, bad.Options)}"),
                        progress,
                        cancellation
                    );
                    return streams.Print(
                        parsed.GetValue(json),
                        DocumentSchema.CampaignPlan,
                        CampaignPlanDocument.Of(campaign),
                        output => CampaignView.Print(output, campaign)
                    );
                }
            );
    }

    private static Command CreateRun()
    {
        Argument<string> folder = Folder();
        Option<int?> shard = Value<int?>("--shard", "The number of the shard, from 0.")
            .Requiring(token => IsWhole(token, 0), "a whole number from 0.");
        Option<bool> all = Flag("--all", "Work on all shards, one after another.");
        Option<int?> workers = PositiveNumber(
            "--workers",
            "Formulas that are worked on at once, by one set of models. Default: one for each core."
        );
        Option<bool> json = Json("Print what came of each shard as JSON on stdout.");
        return new Command("run", RunHelp)
            .With(folder, shard, all, workers, json)
            .SetWork(
                async (parsed, cancellation) =>
                {
                    CommandStreams streams = CommandStreams.Of(parsed);
                    Campaign campaign = Campaign.Open(parsed.GetRequiredValue(folder));
                    int? number = parsed.GetValue(all) ? null : ShardNumber.Read(parsed.GetValue(shard), streams.Error);
                    if (parsed.GetValue(all) && parsed.GetValue(shard) is { } one)
                    {
                        throw new InputException($"--shard is {one} with --all; leave one of them out.");
                    }

                    if (number is { } wanted)
                    {
                        campaign.FormulasOf(wanted); // before models are loaded
                    }

                    ModelOptions models = campaign.Models.ToOptions(ModelFolder.Path);
                    using CrystalPredictor predictor = CrystalPredictor.Load(models);
                    CampaignRunner runner = new(campaign, predictor, models)
                    {
                        FormulasAtOnce = parsed.GetValue(workers) ?? Environment.ProcessorCount,
                    };
                    try
                    {
                        await RunAsync(runner, number, parsed.GetValue(json), streams, cancellation);
                        return ExitCode.Success;
                    }
                    catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                    {
                        streams.Error.WriteLine($"kagome: {exception.Message}");
                        return ExitCode.Failure; // a full disk: another try may mend it, which no input does
                    }
                }
            );
    }

    private static async Task RunAsync(
        CampaignRunner runner,
        int? shard,
        bool printsJson,
        CommandStreams streams,
        CancellationToken cancellation
    )
    {
        using ConsoleProgress progress = new(streams.Error);
        List<ShardOutcome> outcomes = [];
        if (shard is { } number)
        {
            Add(await runner.RunShardAsync(number, progress, cancellation));
        }
        else
        {
            await runner.RunAllAsync(Add, progress, cancellation);
        }

        if (printsJson)
        {
            streams.Output.WriteLine(DocumentSchema.CampaignRun.Format(outcomes));
        }

        void Add(ShardOutcome outcome)
        {
            if (outcome.Damage is { } damage)
            {
                progress.Keep($"warning: {damage} That is done now.");
            }

            if (printsJson)
            {
                outcomes.Add(outcome);
            }
            else
            {
                streams.Output.WriteLine(CampaignView.Words(outcome));
            }
        }
    }

    private static Command CreateStatus()
    {
        Argument<string> folder = Folder();
        Option<bool> json = Json("Print all, each shard included, as JSON on stdout.");
        Option<bool> watch = Flag("--watch", "Say it again every ten seconds until all is done.");
        return new Command("status", StatusHelp)
            .With(folder, json, watch)
            .SetWork(
                async (parsed, cancellation) =>
                {
                    CommandStreams streams = CommandStreams.Of(parsed);
                    Campaign campaign = Campaign.Open(parsed.GetRequiredValue(folder));
                    while (true)
                    {
                        CampaignStatus status = await StatusOfAsync(campaign, streams, cancellation);
                        streams.Print(
                            parsed.GetValue(json),
                            DocumentSchema.CampaignStatus,
                            status,
                            output => CampaignView.Print(output, status, Reword)
                        );
                        if (!parsed.GetValue(watch) || status.IsComplete)
                        {
                            return ExitCode.Success;
                        }

                        await Task.Delay(TimeSpan.FromSeconds(10), cancellation);
                    }
                }
            );
    }

    private static Command CreateRetry()
    {
        Argument<string> folder = Folder();
        Option<bool> json = Json("Print the shards that have something to do as JSON on stdout.");
        return new Command("retry", RetryHelp)
            .With(folder, json)
            .SetWork(
                (parsed, _) =>
                {
                    Campaign campaign = Campaign.Open(parsed.GetRequiredValue(folder));
                    IReadOnlyList<ReopenedShard> shards = CampaignRetry.Reopen(campaign);
                    return CommandStreams
                        .Of(parsed)
                        .Print(
                            parsed.GetValue(json),
                            DocumentSchema.CampaignRetry,
                            shards,
                            output => CampaignView.Print(output, campaign, shards)
                        );
                }
            );
    }

    private static Command CreateMerge()
    {
        Argument<string> folder = Folder();
        Option<string> output = RequiredText("--out", "The file: .parquet, .db, .jsonl or .jsonl.gz.");
        Option<string?> report = Text(
            "--report",
            "The folder of the page with plots. [default: the file's name with -report]"
        );
        Option<bool> part = Flag("--partial", "Merge what there is of a campaign that is not complete.");
        Option<bool> force = Force("Replace a file that exists.");
        Option<bool> json = Json("Print the figures as JSON on stdout.");
        return new Command("merge", MergeHelp)
            .With(folder, output, report, part, force, json)
            .SetWork(
                async (parsed, cancellation) =>
                {
                    CommandStreams streams = CommandStreams.Of(parsed);
                    string path = parsed.GetRequiredValue(output);
                    CampaignMerger.RequireFormat(path);
                    OutputFile.RefuseReplacing(path, parsed.GetValue(force));
                    string folderOfPage = parsed.GetValue(report) ?? CampaignView.ReportFolder(path);
                    if (File.Exists(folderOfPage))
                    {
                        throw new InputException(
                            $"{folderOfPage} is a file; expected a folder for the page, named with --report.",
                            folderOfPage
                        );
                    }

                    if (CampaignReport.HoldsAnother(folderOfPage) && !parsed.GetValue(force))
                    {
                        throw new InputException(
                            $"{folderOfPage} holds a report.md that is no page of a campaign; choose another folder with --report, or replace it with --force.",
                            folderOfPage
                        );
                    }

                    Campaign campaign = Campaign.Open(parsed.GetRequiredValue(folder));
                    CampaignSummary summary;
                    using (ConsoleProgress progress = new(streams.Error))
                    {
                        summary = await CampaignMerger.MergeAsync(
                            campaign,
                            path,
                            parsed.GetValue(part),
                            progress,
                            cancellation
                        );
                    }

                    string page = CampaignReport.WriteTo(folderOfPage, summary, Path.GetFileName(path), Reword);
                    return streams.Print(
                        parsed.GetValue(json),
                        DocumentSchema.CampaignMerge,
                        CampaignMergeDocument.Of(summary, path, page),
                        text => CampaignView.Print(text, summary, path, page)
                    );
                }
            );
    }
}
