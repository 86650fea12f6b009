using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Kagome.Web.Hosting;

/// <summary>Lets in who knows the token, and, where there is none, programs of this machine alone.</summary>
/// <remarks>
/// The token comes as <c>Authorization: Bearer …</c>, as a cookie, or once as <c>?token=…</c>, which sets the cookie. Without a token, requests for other
/// hosts are refused, so that no page of the Internet can make a browser reach the server under a name of its own (DNS rebinding); requests that change
/// something have to come from the page itself, or from no browser.
/// </remarks>
internal sealed class AccessToken(RequestDelegate next, WebOptions options)
{
    private const string Cookie = "kagome-token";
    private const string Parameter = "token";
    private const string Scheme = "Bearer ";

    private static readonly string[] OwnNames = ["localhost", "127.0.0.1", "[::1]"];

    public async Task InvokeAsync(HttpContext context)
    {
        if (IsForeign(context.Request))
        {
            await ProblemAnswer.WriteAsync(
                context,
                StatusCodes.Status403Forbidden,
                "The request comes from another page. Open Kagome's own page."
            );
            return;
        }

        if (options.Token is not { } token)
        {
            await (
                options.IsLoopback && !IsOwnName(context.Request.Host.Host)
                    ? ProblemAnswer.WriteAsync(
                        context,
                        StatusCodes.Status421MisdirectedRequest,
                        $"This server answers for {string.Join(", ", OwnNames)} only. For others, start it with a token."
                    )
                    : next(context)
            );
            return;
        }

        if (
            HttpMethods.IsGet(context.Request.Method)
            && context.Request.Query[Parameter] is [{ } given]
            && IsRight(given, token)
        )
        {
            context.Response.Cookies.Append(
                Cookie,
                token,
                new CookieOptions
                {
                    HttpOnly = true,
                    SameSite = SameSiteMode.Strict,
                    Secure = context.Request.IsHttps,
                    IsEssential = true,
                    MaxAge = TimeSpan.FromDays(30),
                }
            );
            QueryString rest = QueryString.Create(context.Request.Query.Where(pair => pair.Key != Parameter));
            context.Response.Redirect($".{rest}");
            return;
        }

        if (IsRight(Given(context.Request), token) || IsPageItself(context.Request))
        {
            await next(context);
            return;
        }

        context.Response.Headers.WWWAuthenticate = Scheme.TrimEnd();
        await ProblemAnswer.WriteAsync(
            context,
            StatusCodes.Status401Unauthorized,
            "The server asks for its token: it was printed when the server was started."
        );
    }

    /// <summary>The page has nothing to hide; what it shows has.</summary>
    private static bool IsPageItself(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && PageFiles.Find(request.Path) is not null;

    private bool IsOwnName(string host) =>
        OwnNames.Contains(host, StringComparer.OrdinalIgnoreCase) || host == options.Host;

    private static bool IsForeign(HttpRequest request) =>
        !HttpMethods.IsGet(request.Method)
        && !HttpMethods.IsHead(request.Method)
        && request.Headers["Sec-Fetch-Site"] is [{ } site]
        && site is not ("same-origin" or "none");

    private static string? Given(HttpRequest request) =>
        request.Headers.Authorization is [{ } header] && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? header[Scheme.Length..].Trim()
            : request.Cookies[Cookie];

    private static bool IsRight(string? given, string token) =>
        given is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(token));
}
