using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.RateLimiting;
using Kagome.Formats;
using Kagome.Web.Endpoints;
using Kagome.Web.Jobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kagome.Web.Hosting;

/// <summary>The web page and its interface for programs, over one predictor.</summary>
public static class KagomeServer
{
    /// <summary>Requests at once that cost something; others wait in line.</summary>
    private const int MostInLine = 1_000;

    private const int MostConnections = 2_000;

    /// <summary>What pages may do: nothing that did not come with the program.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; worker-src blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>A server that is not yet begun: <c>RunAsync</c> begins it.</summary>
    /// <param name="options">Validated here.</param>
    /// <param name="predictor">Outlives the server.</param>
    /// <exception cref="OptionException">A value is out of its range.</exception>
    /// <exception cref="InputException">The data folder holds something else, or another server works with it.</exception>
    /// <exception cref="IOException">The data folder cannot be written to.</exception>
    public static WebApplication Create(WebOptions options, CrystalPredictor predictor)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(predictor);
        options.Validate();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { EnvironmentName = Environments.Production }
        );
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None); // what stops the start is thrown
        builder.WebHost.ConfigureKestrel(server =>
        {
            server.AddServerHeader = false;
            server.Limits.MaxRequestBodySize = options.Limits.FileBytes;
            server.Limits.MaxConcurrentConnections = MostConnections;
        });
        builder.WebHost.UseUrls($"http://{Address(options)}:{options.Port}");
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder
            .Services.AddSingleton(options)
            .AddSingleton(options.Limits)
            .AddSingleton(predictor)
            .AddSingleton(_ => DataFolder.Open(options.DataFolder))
            .AddSingleton(services =>
            {
                services.GetRequiredService<DataFolder>();
                return new JobStore(options.DataFolder);
            })
            .AddSingleton<JobQueue>()
            .AddHostedService<JobRunner>()
            .ConfigureHttpJsonOptions(json => Configure(json.SerializerOptions))
            .Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true) // answered as problem+json
            .AddOpenApi(OpenApiPage.Configure)
            .AddRateLimiter(AddLine);
        WebApplication app = builder.Build();
        app.Services.GetRequiredService<JobQueue>(); // what is wrong with the data folder shows now
        app.Services.GetRequiredService<DataFolder>()
            .Tidy(app.Services.GetRequiredService<JobStore>().Unfinished().Select(job => job.Id));
        app.UseExceptionHandler(
            new ExceptionHandlerOptions
            {
                ExceptionHandler = ProblemAnswer.HandleAsync,
                SuppressDiagnosticsCallback = IsAnswered,
            }
        );
        app.UseStatusCodePages(ProblemAnswer.ExplainAsync);
        app.Use(AddHeaders);
        app.Use(AnswerHeadAsGet);
        app.UseRouting();
        app.UseMiddleware<AccessToken>();
        app.UseMiddleware<WholeBody>();
        app.UseRateLimiter();
        app.MapOpenApi("/openapi/{documentName}.json");
        RouteGroupBuilder api = app.MapGroup("/api");
        api.MapAbout();
        api.MapFormulas();
        api.MapJobs();
        api.MapCandidates();
        api.MapStructures();
        app.MapFallback(
                "{*path}",
                (HttpContext context) =>
                    PageFiles.Find(context.Request.Path) is { } file
                        ? PageFiles.Send(file, context)
                        : TypedResults.Problem(
                            $"There is nothing at {context.Request.Path}.",
                            statusCode: StatusCodes.Status404NotFound
                        )
            )
            .WithMetadata(new HttpMethodMetadata([HttpMethods.Get])) // others are told what is possible, rather than that nothing is there
            .ExcludeFromDescription();
        return app;
    }

    private static string Address(WebOptions options) =>
        options switch
        {
            { Host: "localhost", Port: 0 } => "127.0.0.1", // Kestrel finds no port that is free at both addresses of localhost
            _ when options.Host.Contains(':', StringComparison.Ordinal) => $"[{options.Host}]",
            _ => options.Host,
        };

    /// <summary>As candidates.json writes: the same names, and numbers that are no numbers as words.</summary>
    private static void Configure(JsonSerializerOptions options)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        options.Converters.Add(new StructureJsonConverter());
    }

    /// <summary>What costs something is done by as many requests at once as there are cores; others wait in line, the first to come first.</summary>
    private static void AddLine(RateLimiterOptions limiter)
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.OnRejected = (context, _) =>
            new ValueTask(
                ProblemAnswer.WriteAsync(
                    context.HttpContext,
                    StatusCodes.Status429TooManyRequests,
                    $"{MostInLine} requests wait already. Try again in a moment."
                )
            );
        limiter.AddConcurrencyLimiter(
            Line.Name,
            line =>
                (line.PermitLimit, line.QueueLimit, line.QueueProcessingOrder) = (
                    Environment.ProcessorCount,
                    MostInLine,
                    QueueProcessingOrder.OldestFirst
                )
        );
    }

    /// <summary>Whether an exception is the visitor's mistake, which is answered and not logged.</summary>
    private static bool IsAnswered(
        Microsoft.AspNetCore.Diagnostics.ExceptionHandlerSuppressDiagnosticsContext context
    ) => context.Exception is KagomeException or BadHttpRequestException or OperationCanceledException;

    /// <summary>The same headers; Kestrel leaves out the body.</summary>
    private static Task AnswerHeadAsGet(HttpContext context, RequestDelegate next)
    {
        if (HttpMethods.IsHead(context.Request.Method))
        {
            context.Request.Method = HttpMethods.Get;
        }

        return next(context);
    }

    private static Task AddHeaders(HttpContext context, RequestDelegate next)
    {
        context.Response.OnStarting(() =>
        {
            IHeaderDictionary headers = context.Response.Headers; // at the last moment: what answers exceptions begins anew
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            return Task.CompletedTask;
        });
        return next(context);
    }
}
