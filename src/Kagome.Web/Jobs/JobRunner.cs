using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kagome.Web.Jobs;

/// <summary>Works on jobs, one after another, or as many at once as there are workers.</summary>
/// <remarks>
/// What is done of a running job is kept beside the database, so that a server that was killed goes on where it was. Candidates of known
/// structure types are there at once; those that are generated follow as they come.
/// </remarks>
internal sealed partial class JobRunner(
    JobQueue queue,
    JobStore store,
    CrystalPredictor predictor,
    WebOptions options,
    ILogger<JobRunner> logger
) : BackgroundService
{
    /// <summary>Candidates are put together anew after this time at the earliest, and after ten times as long as that took the last time.</summary>
    private static readonly TimeSpan BetweenRevisions = TimeSpan.FromSeconds(2);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(
            Enumerable.Range(0, options.Workers).Select(_ => Task.Run(() => WorkAsync(stoppingToken), stoppingToken))
        );

    private async Task WorkAsync(CancellationToken ending)
    {
        while (!ending.IsCancellationRequested)
        {
            try
            {
                ActiveJob job = await queue.NextAsync(ending).ConfigureAwait(false);
                await RunAsync(job, ending).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (ending.IsCancellationRequested)
            {
                return; // its journal is there: it is taken up again
            }
            catch (Exception exception)
            {
                LogBroken(logger, exception);
                await Task.Delay(BetweenRevisions, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task RunAsync(ActiveJob job, CancellationToken ending)
    {
        string journals = DataFolder.Journals(options.DataFolder, job.Job.Id);
        Job ended = await EndOfAsync(job, journals, ending).ConfigureAwait(false);
        if (Directory.Exists(journals))
        {
            Directory.Delete(journals, recursive: true);
        }

        queue.End(job, ended);
    }

    private async Task<Job> EndOfAsync(ActiveJob job, string journals, CancellationToken ending)
    {
        using CancellationTokenSource stopping = CancellationTokenSource.CreateLinkedTokenSource(ending, job.Stopping);
        try
        {
            await PredictAsync(job, journals, stopping.Token).ConfigureAwait(false);
            return job.Job with { State = JobState.Done };
        }
        catch (OperationCanceledException) when (job.Stopping.IsCancellationRequested)
        {
            return job.Job with { State = JobState.Cancelled };
        }
        catch (Exception exception) when (!(exception is OperationCanceledException && ending.IsCancellationRequested))
        {
            if (exception is not KagomeException)
            {
                LogFailed(logger, job.Job.Id, exception);
            }

            return job.Job with
            {
                State = JobState.Failed,
                Problem = Words(exception),
            };
        }
    }

    private static string Words(Exception exception) =>
        exception switch
        {
            KagomeException known => OptionWords.Reword(known),
            IOException or DbException => DataFolder.Trouble,
            _ => $"An error that should not happen ({exception.GetType().Name}). The server's log says more.",
        };

    private async Task PredictAsync(ActiveJob job, string journals, CancellationToken cancellation)
    {
        PredictionPlan plan = predictor.Plan(job.Job.Formula, job.Job.Request.ToOptions(), cancellation);
        job.Job = job.Job with { Remarks = [.. plan.Concerns.Select(OptionWords.Reword)] };
        ConcurrentQueue<PredictionUnitResult> finished = [];
        if (plan.Units.Count > 0 && plan.Proposals.Count > 0)
        {
            await ReviseAsync(job, plan, finished, cancellation).ConfigureAwait(false);
        }

        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task revisions =
            plan.Units.Count > 0 ? KeepRevisingAsync(job, plan, finished, ended.Token) : Task.CompletedTask;
        try
        {
            Prediction prediction = await predictor
                .PredictAsync(
                    plan,
                    new Hearer<WorkProgress>(job.Note),
                    cancellation,
                    journals,
                    new Hearer<PredictionUnitResult>(finished.Enqueue)
                )
                .ConfigureAwait(false);
            await ended.CancelAsync().ConfigureAwait(false);
            await revisions.ConfigureAwait(false);
            Save(job, prediction, isFinal: true);
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await revisions.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Puts candidates together anew while others are generated.</summary>
    private async Task KeepRevisingAsync(
        ActiveJob job,
        PredictionPlan plan,
        ConcurrentQueue<PredictionUnitResult> finished,
        CancellationToken ended
    )
    {
        const int Patience = 10;
        int seen = 0;
        TimeSpan pause = BetweenRevisions;
        try
        {
            while (true)
            {
                await Task.Delay(pause, ended).ConfigureAwait(false);
                if (finished.Count > seen)
                {
                    seen = finished.Count;
                    long begin = TimeProvider.System.GetTimestamp();
                    await ReviseAsync(job, plan, finished, ended).ConfigureAwait(false);
                    TimeSpan taken = Patience * TimeProvider.System.GetElapsedTime(begin);
                    pause = taken > BetweenRevisions ? taken : BetweenRevisions;
                }
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // all candidates are there
        }
    }

    /// <summary>Candidates of what is finished, none of them relaxed.</summary>
    private async Task ReviseAsync(
        ActiveJob job,
        PredictionPlan plan,
        ConcurrentQueue<PredictionUnitResult> finished,
        CancellationToken cancellation
    )
    {
        Dictionary<int, PredictionUnitResult> done = finished.ToDictionary(result => result.Unit);
        PredictionPlan begun = plan with
        {
            Units = [.. plan.Units.Where(unit => done.ContainsKey(unit.Number))],
            Options = plan.Options with { Relaxation = null },
        };
        Save(job, await predictor.MergeAsync(begun, done.Values, cancellation).ConfigureAwait(false), isFinal: false);
    }

    private void Save(ActiveJob job, Prediction prediction, bool isFinal)
    {
        IReadOnlyList<KeptCandidate> candidates = KeptCandidate.Of(prediction);
        Candidate[] crystals = [.. prediction.Crystals.Where(crystal => crystal.IsValid)];
        Job revised = job.Job with
        {
            Crystals = crystals.Length,
            Revision = job.Job.Revision + 1,
            IsFinal = isFinal,
            Best = crystals is [{ } first, ..]
                ? new BestCandidate(
                    first.Rank,
                    first.SpaceGroup is { } group ? new SpaceGroupName(group.Number, group.Symbol) : null,
                    first.Probability
                )
                : null,
        };
        store.Save(revised, prediction.Origin, candidates);
        job.Job = revised;
    }

    [LoggerMessage(LogLevel.Error, "Job {Job} failed")]
    private static partial void LogFailed(ILogger logger, string job, Exception exception);

    [LoggerMessage(LogLevel.Error, "The queue went on after an error")]
    private static partial void LogBroken(ILogger logger, Exception exception);

    /// <summary>Hears on the thread that reports.</summary>
    private sealed class Hearer<T>(Action<T> hear) : IProgress<T>
    {
        public void Report(T value) => hear(value);
    }
}
