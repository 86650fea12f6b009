using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Kagome.Testing;
using Kagome.Tests;
using static Kagome.Web.Tests.RunningServer;

namespace Kagome.Web.Tests;

/// <summary>Who is let in, and what they may do.</summary>
public sealed class SafetyTests : IDisposable
{
    private const string Token = "0123456789abcdef";

    private readonly TinyModels models = new();
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        models.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Server_with_a_token_lets_in_who_knows_it()
    {
        await using RunningServer server = await BeginAsync(
            models,
            folder["data"],
            options => options with { Token = Token }
        );
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await AssertRefusedAsync(
            await server.Client.GetAsync("api/about", cancellation),
            HttpStatusCode.Unauthorized,
            "token"
        );
        await AssertRefusedAsync(
            await server.Client.GetAsync("openapi/v1.json", cancellation),
            HttpStatusCode.Unauthorized,
            "token"
        );
        await AssertRefusedAsync(
            await server.Client.GetAsync("api/about?token=wrong", cancellation),
            HttpStatusCode.Unauthorized,
            "token"
        );
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("", cancellation)).StatusCode);

        using HttpClient bearer = new() { BaseAddress = server.Client.BaseAddress };
        bearer.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        Assert.Equal(HttpStatusCode.OK, (await bearer.GetAsync("api/about", cancellation)).StatusCode);

        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync($"?token={Token}", cancellation)).StatusCode); // sets a cookie
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync("api/about", cancellation)).StatusCode);
    }

    [Fact]
    public async Task Requests_for_another_host_are_refused_where_there_is_no_token()
    {
        await using RunningServer server = await BeginAsync(models, folder["data"]);
        using HttpRequestMessage request = new(HttpMethod.Get, "api/about") { Headers = { Host = "evil.example" } };
        await AssertRefusedAsync(
            await server.Client.SendAsync(request, TestContext.Current.CancellationToken),
            HttpStatusCode.MisdirectedRequest,
            "localhost"
        );
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    public async Task Pages_of_others_can_post_nothing(string site)
    {
        await using RunningServer server = await BeginAsync(models, folder["data"]);
        using HttpRequestMessage request = new(HttpMethod.Post, "api/jobs")
        {
            Content = new StringContent("{\"formula\":\"NaCl\"}"),
        };
        request.Headers.Add("Sec-Fetch-Site", site);
        await AssertRefusedAsync(
            await server.Client.SendAsync(request, TestContext.Current.CancellationToken),
            HttpStatusCode.Forbidden,
            "another page"
        );
    }

    [Fact]
    public async Task Wrong_method_is_told_which_are_possible()
    {
        await using RunningServer server = await BeginAsync(models, folder["data"]);
        HttpResponseMessage response = await server.Client.PutAsync(
            "api/jobs",
            null,
            TestContext.Current.CancellationToken
        );
        await AssertRefusedAsync(response, HttpStatusCode.MethodNotAllowed, "PUT is not possible at /api/jobs");
        Assert.Equal(["GET", "POST"], response.Content.Headers.Allow.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task Body_that_is_not_said_to_be_JSON_is_told_so(string? mediaType)
    {
        await using RunningServer server = await BeginAsync(models, folder["data"]);
        using ByteArrayContent content = Body("{\"formula\":\"NaCl\"}");
        content.Headers.ContentType = mediaType is null ? null : new MediaTypeHeaderValue(mediaType);
        await AssertRefusedAsync(
            await server.Client.PostAsync("api/jobs", content, TestContext.Current.CancellationToken),
            HttpStatusCode.UnsupportedMediaType,
            "Content-Type: application/json"
        );
    }

    [Theory]
    [InlineData("", HttpStatusCode.OK)]
    [InlineData("api/about", HttpStatusCode.OK)]
    [InlineData("nothing", HttpStatusCode.NotFound)]
    public async Task Head_is_answered_as_get_without_the_body(string path, HttpStatusCode expected)
    {
        await using RunningServer server = await BeginAsync(models, folder["data"]);
        using HttpRequestMessage request = new(HttpMethod.Head, path);
        HttpResponseMessage response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(expected, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Answers_allow_no_script_but_the_servers_own()
    {
        await using RunningServer server = await BeginAsync(models, folder["data"]);
        foreach (string path in new[] { "", "api/about", "nothing", "api/formulas/x" })
        {
            HttpResponseMessage response = await server.Client.GetAsync(path, TestContext.Current.CancellationToken);
            string policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
            Assert.Contains("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        }
    }

    [Fact]
    public async Task File_over_size_is_refused_before_it_is_read()
    {
        await using RunningServer server = await BeginAsync(
            models,
            folder["data"],
            options => options with { Limits = new WebLimits { FileBytes = 1000 } }
        );
        using ByteArrayContent content = Body(new string('x', 1001));
        await AssertRefusedAsync(
            await server.Client.PostAsync("api/structures?name=a.cif", content, TestContext.Current.CancellationToken),
            HttpStatusCode.RequestEntityTooLarge,
            "too large"
        );
    }

    [Fact]
    public async Task Slow_uploads_keep_nobody_waiting()
    {
        await using RunningServer server = await BeginAsync(models, folder["data"]);
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        List<TcpClient> slow = [];
        try
        {
            for (int at = 0; at < 4 * Environment.ProcessorCount; at++)
            {
                TcpClient client = new("127.0.0.1", server.Client.BaseAddress!.Port);
                slow.Add(client);
                await client
                    .GetStream()
                    .WriteAsync(
                        "POST /api/structures?name=a.cif HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\ndata_"u8.ToArray(),
                        cancellation
                    );
            }

            await Task.Delay(300, cancellation); // until they are seen
            HttpResponseMessage answer = await server
                .Client.GetAsync("api/formulas/NaCl", cancellation)
                .WaitAsync(TimeSpan.FromSeconds(4), cancellation); // Kestrel gives up such a connection after 5
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        finally
        {
            slow.ForEach(client => client.Dispose());
        }
    }

    [Fact]
    public async Task Full_queue_refuses_more_and_takes_them_later()
    {
        await using RunningServer server = await BeginAsync(
            models,
            folder["data"],
            options => options with { Limits = new WebLimits { WaitingJobs = 1 } }
        );
        object request = new
        {
            formula = "NaCl",
            samples = 1000,
            steps = 20,
            candidates = "generated",
        };
        string running = await server.SubmitAsync(request);
        while ((await server.GetAsync($"api/jobs/{running}")).GetProperty("state").GetString() == "waiting")
        {
            await Task.Yield();
        }

        string waiting = await server.SubmitAsync(request);
        await AssertRefusedAsync(
            await server.PostAsync("api/jobs", request),
            HttpStatusCode.TooManyRequests,
            "1 jobs wait"
        );
        await server.PostAsync($"api/jobs/{waiting}/cancel");
        await server.SubmitAsync(request);
    }

    [Fact]
    public async Task Two_hundred_clients_at_once_are_all_answered()
    {
        const int Clients = 200;
        await using RunningServer server = await BeginAsync(
            models,
            folder["data"],
            options => options with { Limits = new WebLimits { WaitingJobs = Clients } }
        );
        await server.PredictedAsync();
        string[] ids = await Task.WhenAll(
            Enumerable
                .Range(0, Clients)
                .Select(_ =>
                    server.SubmitAsync(
                        new
                        {
                            formula = "NaCl",
                            samples = 1,
                            steps = 1,
                            candidates = "generated",
                            max_atoms = 2,
                        }
                    )
                )
        );
        Assert.Equal(Clients, ids.Distinct().Count());
        await Task.WhenAll(
            ids.Select(id =>
                server.Client.GetStringAsync($"api/jobs/{id}/events", TestContext.Current.CancellationToken)
            )
        );
        foreach (string id in ids)
        {
            Assert.Equal("done", (await server.GetAsync($"api/jobs/{id}")).GetProperty("state").GetString());
        }
    }
}
