using System.Data.Common;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kagome.Web.Jobs;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Kagome.Web.Hosting;

/// <summary>What goes wrong as problem+json, in the sentences of the command line.</summary>
internal static partial class ProblemAnswer
{
    private const string NoJson = "The body has to be JSON, with the header Content-Type: application/json.";

    /// <summary>Answers with the exception that a request ended in.</summary>
    public static Task HandleAsync(HttpContext context)
    {
        Exception? exception = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        (int status, string detail) = exception switch
        {
            QueueFullException full => (StatusCodes.Status429TooManyRequests, full.Message),
            KagomeException known => (StatusCodes.Status422UnprocessableEntity, OptionWords.Reword(known)),
            BadHttpRequestException { InnerException: JsonException json } => (
                StatusCodes.Status400BadRequest,
                Words(json)
            ),
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => (
                StatusCodes.Status413PayloadTooLarge,
                context.Request.Path.StartsWithSegments("/api/structures", StringComparison.Ordinal)
                    ? "The file is too large for this server. Its limit is given by api/about; `kagome info` reads files of any size."
                    : "The body is too large for a request of this kind."
            ),
            BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } => (
                StatusCodes.Status415UnsupportedMediaType,
                NoJson
            ),
            BadHttpRequestException bad => (bad.StatusCode, Words(bad)),
            IOException or DbException => (StatusCodes.Status507InsufficientStorage, DataFolder.Trouble),
            OperationCanceledException => (StatusCodes.Status499ClientClosedRequest, "The request was given up."),
            _ => (
                StatusCodes.Status500InternalServerError,
                $"An error that should not happen ({exception?.GetType().Name}). The server's log says more."
            ),
        };
        return WriteAsync(context, status, detail);
    }

    /// <summary>Says what an answer without a body means, such as that of routing to a wrong method.</summary>
    public static Task ExplainAsync(StatusCodeContext answer)
    {
        HttpContext context = answer.HttpContext;
        int status = context.Response.StatusCode;
        return WriteAsync(
            context,
            status,
            status switch
            {
                StatusCodes.Status405MethodNotAllowed =>
                    $"{context.Request.Method} is not possible at {context.Request.Path}; possible: {context.Response.Headers.Allow}.",
                StatusCodes.Status415UnsupportedMediaType => NoJson,
                _ => $"The server answers {status}.",
            }
        );
    }

    public static Task WriteAsync(HttpContext context, int status, string detail) =>
        TypedResults.Problem(detail, statusCode: status).ExecuteAsync(context);

    /// <summary>The framework says: Failed to bind parameter "Nullable&lt;int&gt; limit" from "many".</summary>
    private static string Words(BadHttpRequestException bad) =>
        Unbound().Match(bad.Message) is { Success: true } unbound
            ? $"{unbound.Groups["name"].Value} is '{unbound.Groups["value"].Value}', which is no {(unbound.Groups["type"].Value.Contains("int", StringComparison.Ordinal) ? "whole number" : "value that it can have")}."
            : bad.Message;

    [GeneratedRegex(
        "parameter \"(?<type>\\S+) (?<name>\\w+)\" from \"(?<value>.*)\"",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Unbound();

    private static string Words(JsonException json) =>
        json.Path is { Length: > 1 } path && json.BytePositionInLine is not null
            ? $"The body cannot be read at {path[2..]}: it has another name or kind of value than {(path.Contains('[', StringComparison.Ordinal) ? "the list" : "it")} should. openapi/v1.json says what is expected."
            : "The body is not the JSON that is expected; openapi/v1.json says what is.";
}
