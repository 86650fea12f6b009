using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace Kagome.Web.Hosting;

/// <summary>Takes the body of a request in before it stands in line, so that a slow connection keeps no place that others wait for.</summary>
internal sealed class WholeBody(RequestDelegate next)
{
    /// <summary>Larger bodies are taken in by a few requests at once, which bounds the memory they need together.</summary>
    private const long Large = 64 * 1024;

    private const int MostLarge = 64;

    private static readonly SemaphoreSlim LargePlaces = new(MostLarge);

    public async Task InvokeAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (
            context.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>() is null
            || HttpMethods.IsGet(request.Method)
        )
        {
            await next(context);
            return;
        }

        bool isLarge = request.ContentLength is null or > Large;
        if (isLarge)
        {
            await LargePlaces.WaitAsync(context.RequestAborted);
        }

        try
        {
            using MemoryStream body = new();
            await request.Body.CopyToAsync(body, context.RequestAborted);
            body.Position = 0;
            request.Body = body;
            await next(context);
        }
        finally
        {
            if (isLarge)
            {
                LargePlaces.Release();
            }
        }
    }
}
