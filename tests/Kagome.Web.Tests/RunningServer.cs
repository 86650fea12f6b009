using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Kagome.Tests;
using Kagome.Web.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Kagome.Web.Tests;

/// <summary>A real server on a port of its own, with models that evaluate in a millisecond.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly WebApplication server;
    private readonly CrystalPredictor predictor;

    private RunningServer(WebApplication server, CrystalPredictor predictor)
    {
        (this.server, this.predictor) = (server, predictor);
        Client = new HttpClient { BaseAddress = new Uri($"{server.Urls.First()}/") };
    }

    public HttpClient Client { get; }

    public static async Task<RunningServer> BeginAsync(
        TinyModels models,
        string data,
        Func<WebOptions, WebOptions>? change = null
    )
    {
        CrystalPredictor loaded = models.Predictor();
        WebOptions options = new() { DataFolder = data, Port = 0 };
        try
        {
            WebApplication begun = KagomeServer.Create(change?.Invoke(options) ?? options, loaded);
            await begun.StartAsync(TestContext.Current.CancellationToken);
            return new RunningServer(begun, loaded);
        }
        catch
        {
            loaded.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await server.StopAsync(TestContext.Current.CancellationToken);
        await server.DisposeAsync();
        predictor.Dispose();
    }

    /// <summary>The answer to GET, which has to be good.</summary>
    public async Task<JsonElement> GetAsync(string path) =>
        await JsonAsync(await Client.GetAsync(path, TestContext.Current.CancellationToken), HttpStatusCode.OK);

    public Task<HttpResponseMessage> PostAsync(string path, object? body = null) =>
        Client.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);

    /// <summary>Posts a job that has to be taken; gives its name.</summary>
    public async Task<string> SubmitAsync(object request) =>
        (await JsonAsync(await PostAsync("api/jobs", request), HttpStatusCode.Created)).GetProperty("id").GetString()!;

    /// <summary>Waits until a job has ended.</summary>
    public async Task<JsonElement> EndOfAsync(string id)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(
            TestContext.Current.CancellationToken
        );
        limit.CancelAfter(Patience);
        while (true)
        {
            JsonElement job = await GetAsync($"api/jobs/{id}");
            if (job.GetProperty("state").GetString() is "done" or "failed" or "cancelled")
            {
                return job;
            }

            await Task.Delay(20, limit.Token);
        }
    }

    /// <summary>A job of NaCl, predicted.</summary>
    public async Task<string> PredictedAsync(string formula = "NaCl", int samples = 2)
    {
        string id = await SubmitAsync(
            new
            {
                formula,
                samples,
                steps = 2,
                candidates = "generated",
                max_atoms = 8,
            }
        );
        JsonElement job = await EndOfAsync(id);
        Assert.True(job.GetProperty("state").GetString() == "done", $"{job}");
        return id;
    }

    /// <summary>Checks the status; gives the body.</summary>
    public static async Task<JsonElement> JsonAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == expected, $"{(int)response.StatusCode}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Checks that a request was refused, by a sentence as problem+json.</summary>
    public static async Task AssertRefusedAsync(HttpResponseMessage response, HttpStatusCode expected, string part)
    {
        JsonElement problem = await JsonAsync(response, expected);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains(part, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    public static ByteArrayContent Body(string text) => new(Encoding.UTF8.GetBytes(text));
}
