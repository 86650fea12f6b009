using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Kagome.Crystals.Compositions;
using Kagome.Web.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Kagome.Web.Endpoints;

/// <summary>Jobs: posted, watched, stopped, found again.</summary>
internal static class JobEndpoints
{
    private const string EventName = "job";
    private const int UsualPage = 50;
    private const int LargestPage = 200;
    private const int MostBytes = 16 * 1024; // of a request, which is kept, and told with each page of the history

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan BetweenEvents = TimeSpan.FromSeconds(1);

    public static void MapJobs(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder jobs = api.MapGroup("/jobs").WithTags("jobs");
        jobs.MapPost("/", Submit)
            .WithSummary("Asks for a prediction.")
            .WithMetadata(new RequestSize(MostBytes))
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .RequireRateLimiting(Line.Name);
        jobs.MapGet("/", List).WithSummary("The history, newest first.").RequireRateLimiting(Line.Name);
        jobs.MapGet("/{id}", Find).WithSummary("A job as it is now.");
        jobs.MapGet("/{id}/events", Watch)
            .WithSummary("A job each time that it changes, as server-sent events; they end with it.");
        jobs.MapPost("/{id}/cancel", Cancel).WithSummary("Ends a job; what was found until then is kept.");
        jobs.MapPost("/{id}/again", Again)
            .WithSummary("Asks for the same once more.")
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .RequireRateLimiting(Line.Name);
        jobs.MapDelete("/{id}", Remove)
            .WithSummary("Removes a job that has ended from the history.")
            .ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static Created<Job> Submit(
        JobRequest request,
        JobQueue queue,
        CrystalPredictor predictor,
        WebLimits limits,
        CancellationToken cancellation
    )
    {
        queue.ThrowIfFull();
        Composition composition = RequestLimits.Check(request, limits);
        predictor.Plan(request.Formula, request.ToOptions(), cancellation); // says what is wrong now rather than when its turn comes
        Job job = queue.Submit(request, composition.ReducedFormula);
        return TypedResults.Created($"api/jobs/{job.Id}", job);
    }

    private static Results<Created<Job>, ProblemHttpResult> Again(
        string id,
        JobQueue queue,
        CrystalPredictor predictor,
        WebLimits limits,
        CancellationToken cancellation
    ) => queue.Find(id) is { } job ? Submit(job.Request, queue, predictor, limits, cancellation) : NoSuch(id);

    private static Ok<JobPage> List(string? search, string? state, int? limit, string? before, JobQueue queue) =>
        TypedResults.Ok(
            queue.List(
                search,
                QueryWord.Read<JobState>(nameof(state), state),
                Math.Clamp(limit ?? UsualPage, 1, LargestPage),
                before
            )
        );

    private static Results<Ok<Job>, ProblemHttpResult> Find(string id, JobQueue queue) =>
        queue.Find(id) is { } job ? TypedResults.Ok(job) : NoSuch(id);

    private static Results<Ok<Job>, ProblemHttpResult> Cancel(string id, JobQueue queue)
    {
        queue.Cancel(id);
        return Find(id, queue);
    }

    private static Results<NoContent, ProblemHttpResult> Remove(string id, JobQueue queue)
    {
        switch (queue.Find(id))
        {
            case null:
                return NoSuch(id);
            case { HasEnded: false }:
                return TypedResults.Problem(
                    $"Job {id} has not ended. Cancel it first.",
                    statusCode: StatusCodes.Status409Conflict
                );
            default:
                queue.Remove(id);
                return TypedResults.NoContent();
        }
    }

    private static Results<ServerSentEventsResult<Job>, ProblemHttpResult> Watch(
        string id,
        JobQueue queue,
        TimeProvider time,
        IHostApplicationLifetime server,
        CancellationToken cancellation
    ) =>
        queue.Find(id) is null
            ? NoSuch(id)
            : TypedResults.ServerSentEvents(Events(id, queue, time, server.ApplicationStopping, cancellation));

    private static async IAsyncEnumerable<SseItem<Job>> Events(
        string id,
        JobQueue queue,
        TimeProvider time,
        CancellationToken stopping,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stopping);
        Job? sent = null;
        long sentAt = 0;
        while (queue.Find(id) is { } job)
        {
            bool isNew = sent is null || job.State != sent.State || job.Revision != sent.Revision;
            if (isNew || time.GetElapsedTime(sentAt) >= BetweenEvents)
            {
                (sent, sentAt) = (job, time.GetTimestamp());
                yield return new SseItem<Job>(job, EventName);
            }

            if (job.HasEnded)
            {
                yield break;
            }

            await Task.Delay(BetweenLooks, time, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ended.IsCancellationRequested)
            {
                yield break;
            }
        }
    }

    internal static ProblemHttpResult NoSuch(string id) =>
        TypedResults.Problem(
            $"There is no job {id}; it may have been removed.",
            statusCode: StatusCodes.Status404NotFound
        );
}

/// <param name="MaxRequestBodySize">In bytes.</param>
internal sealed record RequestSize(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
