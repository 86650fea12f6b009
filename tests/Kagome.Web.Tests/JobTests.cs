using System.Net;
using System.Text;
using System.Text.Json;
using Kagome.Testing;
using Kagome.Tests;
using static Kagome.Web.Tests.RunningServer;

namespace Kagome.Web.Tests;

/// <summary>Jobs over HTTP: posted, watched, stopped, found again.</summary>
public sealed class JobTests : IAsyncLifetime
{
    private readonly TinyModels models = new();
    private readonly TemporaryFolder folder = new();
    private RunningServer server = null!;

    public async ValueTask InitializeAsync() => server = await BeginAsync(models, folder["data"]);

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        models.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Job_that_is_posted_ends_with_candidates()
    {
        string id = await server.PredictedAsync(samples: 3);
        JsonElement job = await server.GetAsync($"api/jobs/{id}");
        Assert.True(job.GetProperty("is_final").GetBoolean());
        JsonElement candidates = await server.GetAsync($"api/jobs/{id}/candidates");
        Assert.Equal("NaCl", candidates.GetProperty("reduced_formula").GetString());
        Assert.Equal("kagome-g", candidates.GetProperty("origin").GetProperty("model").GetString());
        JsonElement[] entries = [.. candidates.GetProperty("candidates").EnumerateArray()];
        Assert.NotEmpty(entries);
        Assert.Equal(3, entries.Sum(entry => entry.GetProperty("found").GetInt32()));
        Assert.Equal(
            job.GetProperty("crystals").GetInt32(),
            entries.Count(entry => entry.GetProperty("valid").GetBoolean())
        );
    }

    [Fact]
    public async Task Search_of_very_many_words_is_refused() =>
        await AssertRefusedAsync(
            await server.Client.GetAsync(
                $"api/jobs?search={string.Join('+', Enumerable.Repeat('a', 2_000))}",
                TestContext.Current.CancellationToken
            ),
            HttpStatusCode.UnprocessableEntity,
            "search has 2000 words; expected at most 50"
        );

    [Fact]
    public async Task Request_of_megabytes_is_refused_rather_than_kept() =>
        await AssertRefusedAsync(
            await server.PostAsync("api/jobs", new { formula = "NaCl", formula_units = Enumerable.Repeat(1, 100_000) }),
            HttpStatusCode.RequestEntityTooLarge,
            "The body is too large"
        );

    [Theory]
    [InlineData("""{"formula":"NaCl","volume_per_atom":{"minimum":12,"maximum":16}}""", "volume_per_atom.minimum")]
    [InlineData("""{"formula":"NaCl","volume_per_atom":{"smallest":12}}""", "The body")]
    public async Task Request_with_other_names_within_is_refused(string body, string part)
    {
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        await AssertRefusedAsync(
            await server.Client.PostAsync("api/jobs", content, TestContext.Current.CancellationToken),
            HttpStatusCode.BadRequest,
            part
        );
    }

    [Fact]
    public async Task Job_is_done_and_the_same_while_visitors_send_large_files()
    {
        string quiet = await server.PredictedAsync(samples: 40);
        using CancellationTokenSource enough = new();
        Task collecting = Task.Run(
            () =>
            {
                while (!enough.IsCancellationRequested)
                {
                    GC.Collect(0); // what large files bring about
                    Thread.Sleep(1);
                }
            },
            TestContext.Current.CancellationToken
        );
        string busy = await server.PredictedAsync(samples: 40);
        await enough.CancelAsync();
        await collecting;
        Assert.Equal(
            (await server.GetAsync($"api/jobs/{quiet}/candidates")).GetProperty("candidates").GetRawText(),
            (await server.GetAsync($"api/jobs/{busy}/candidates")).GetProperty("candidates").GetRawText()
        );
    }

    [Fact]
    public async Task Same_request_and_seed_give_the_same_candidates()
    {
        string first = await server.PredictedAsync();
        JsonElement again = await JsonAsync(await server.PostAsync($"api/jobs/{first}/again"), HttpStatusCode.Created);
        string second = again.GetProperty("id").GetString()!;
        Assert.NotEqual(first, second);
        await server.EndOfAsync(second);
        Assert.Equal(
            (await server.GetAsync($"api/jobs/{first}/candidates")).GetProperty("candidates").GetRawText(),
            (await server.GetAsync($"api/jobs/{second}/candidates")).GetProperty("candidates").GetRawText()
        );
    }

    [Fact]
    public async Task Events_tell_of_the_end_and_end()
    {
        string id = await server.SubmitAsync(
            new
            {
                formula = "MgO",
                samples = 2,
                steps = 2,
                candidates = "generated",
            }
        );
        string events = await server.Client.GetStringAsync(
            $"api/jobs/{id}/events",
            TestContext.Current.CancellationToken
        );
        string[] data =
        [
            .. events
                .Split('\n')
                .Where(line => line.StartsWith("data: ", StringComparison.Ordinal))
                .Select(line => line[6..]),
        ];
        JsonElement last = JsonDocument.Parse(data[^1]).RootElement;
        Assert.Equal("done", last.GetProperty("state").GetString());
        Assert.True(last.GetProperty("is_final").GetBoolean());
        Assert.Contains("event: job", events, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Running_job_shows_progress_and_can_be_cancelled_with_what_it_found()
    {
        string id = await server.SubmitAsync(
            new
            {
                formula = "NaCl",
                samples = 1000,
                steps = 20,
                candidates = "generated",
            }
        );
        JsonElement progress = default;
        while (progress.ValueKind != JsonValueKind.Object)
        {
            progress = (await server.GetAsync($"api/jobs/{id}")).GetProperty("progress").Clone();
        }

        Assert.True(progress.GetProperty("total").GetInt64() >= progress.GetProperty("done").GetInt64());
        await JsonAsync(await server.PostAsync($"api/jobs/{id}/cancel"), HttpStatusCode.OK);
        JsonElement job = await server.EndOfAsync(id);
        Assert.Equal("cancelled", job.GetProperty("state").GetString());
        Assert.False(job.GetProperty("is_final").GetBoolean());
        Assert.Empty(Directory.GetFileSystemEntries(folder["data/work/"]));
    }

    [Fact]
    public async Task Job_that_waits_says_its_place_and_is_cancelled_at_once()
    {
        string first = await server.SubmitAsync(
            new
            {
                formula = "NaCl",
                samples = 1000,
                steps = 20,
                candidates = "generated",
            }
        );
        string second = await server.SubmitAsync(
            new
            {
                formula = "MgO",
                samples = 2,
                steps = 2,
                candidates = "generated",
            }
        );
        string third = await server.SubmitAsync(
            new
            {
                formula = "KF",
                samples = 2,
                steps = 2,
                candidates = "generated",
            }
        );
        Assert.Equal(2, (await server.GetAsync($"api/jobs/{third}")).GetProperty("place").GetInt32());
        JsonElement cancelled = await JsonAsync(await server.PostAsync($"api/jobs/{second}/cancel"), HttpStatusCode.OK);
        Assert.Equal("cancelled", cancelled.GetProperty("state").GetString());
        Assert.Equal(1, (await server.GetAsync($"api/jobs/{third}")).GetProperty("place").GetInt32());
        await server.PostAsync($"api/jobs/{first}/cancel");
        Assert.Equal("done", (await server.EndOfAsync(third)).GetProperty("state").GetString());
    }

    [Fact]
    public async Task History_is_searched_by_words_and_given_by_pages()
    {
        foreach (string formula in new[] { "NaCl", "MgO", "KCl" })
        {
            await server.PredictedAsync(formula, samples: 1);
        }

        Assert.Equal(["KCl", "MgO", "NaCl"], Formulas(await server.GetAsync("api/jobs")));
        Assert.Equal(["KCl", "NaCl"], Formulas(await server.GetAsync("api/jobs?search=cl")));
        Assert.Empty(Formulas(await server.GetAsync("api/jobs?search=%25")));
        Assert.Empty(Formulas(await server.GetAsync("api/jobs?state=failed")));
        JsonElement page = await server.GetAsync("api/jobs?limit=2");
        Assert.Equal(["KCl", "MgO"], Formulas(page));
        Assert.Equal(
            ["NaCl"],
            Formulas(await server.GetAsync($"api/jobs?limit=2&before={page.GetProperty("next").GetString()}"))
        );
    }

    [Fact]
    public async Task Job_that_has_ended_can_be_removed_and_one_that_has_not_cannot()
    {
        string ended = await server.PredictedAsync();
        string running = await server.SubmitAsync(
            new
            {
                formula = "NaCl",
                samples = 1000,
                steps = 20,
                candidates = "generated",
            }
        );
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Assert.Equal(
            HttpStatusCode.NoContent,
            (await server.Client.DeleteAsync($"api/jobs/{ended}", cancellation)).StatusCode
        );
        await AssertRefusedAsync(
            await server.Client.GetAsync($"api/jobs/{ended}", cancellation),
            HttpStatusCode.NotFound,
            ended
        );
        await AssertRefusedAsync(
            await server.Client.DeleteAsync($"api/jobs/{running}", cancellation),
            HttpStatusCode.Conflict,
            "Cancel it first"
        );
    }

    [Theory]
    [InlineData("""{"formula":"Xx"}""", HttpStatusCode.UnprocessableEntity, "unknown element")]
    [InlineData("""{"formula":""}""", HttpStatusCode.UnprocessableEntity, "Formula")]
    [InlineData("""{"formula":null}""", HttpStatusCode.BadRequest, "formula")]
    [InlineData("""{}""", HttpStatusCode.BadRequest, "JSON")]
    [InlineData("""{"formula":"NaCl","sample":3}""", HttpStatusCode.BadRequest, "sample")]
    [InlineData("""{"formula":"NaCl","samples":"many"}""", HttpStatusCode.BadRequest, "samples")]
    [InlineData("""{"formula":"NaCl","candidates":"oracle"}""", HttpStatusCode.BadRequest, "candidates")]
    [InlineData("""{"formula":"NaCl","samples":0}""", HttpStatusCode.UnprocessableEntity, "samples is 0; expected")]
    [InlineData("""{"formula":"NaCl","samples":1001}""", HttpStatusCode.UnprocessableEntity, "at most 1000")]
    [InlineData(
        """{"formula":"NaCl","max_atoms":101}""",
        HttpStatusCode.UnprocessableEntity,
        "max_atoms asks for 101 atoms"
    )]
    [InlineData(
        """{"formula":"NaCl","formula_units":[51]}""",
        HttpStatusCode.UnprocessableEntity,
        "formula_units asks for 102 atoms"
    )]
    [InlineData("""{"formula":"Na300Cl"}""", HttpStatusCode.UnprocessableEntity, "301 atoms")]
    [InlineData(
        """{"formula":"NaCl","space_groups":["231"]}""",
        HttpStatusCode.UnprocessableEntity,
        "space_groups has '231'"
    )]
    [InlineData(
        """{"formula":"NaCl","steps":21}""",
        HttpStatusCode.UnprocessableEntity,
        "steps is 21; expected at most 20"
    )]
    [InlineData("""{"formula":"NaCl","temperature":-1}""", HttpStatusCode.UnprocessableEntity, "temperature is -1")]
    [InlineData(
        """{"formula":"NaCl","steps":2,"candidates":"generated","max_atoms":1}""",
        HttpStatusCode.UnprocessableEntity,
        "max_atoms"
    )]
    [InlineData("""["NaCl"]""", HttpStatusCode.BadRequest, "JSON")]
    [InlineData("""{"formula":"NaCl" """, HttpStatusCode.BadRequest, "JSON")]
    [InlineData("", HttpStatusCode.BadRequest, "")]
    public async Task Wrong_job_is_refused_by_a_sentence(string body, HttpStatusCode expected, string part)
    {
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        await AssertRefusedAsync(
            await server.Client.PostAsync("api/jobs", content, TestContext.Current.CancellationToken),
            expected,
            part
        );
    }

    [Theory]
    [InlineData("api/jobs?limit=many", HttpStatusCode.BadRequest, "limit is 'many', which is no whole number")]
    [InlineData(
        "api/jobs?state=lost",
        HttpStatusCode.UnprocessableEntity,
        "state is 'lost'; expected waiting, running"
    )]
    public async Task Wrong_query_is_refused_by_a_sentence(string path, HttpStatusCode expected, string part) =>
        await AssertRefusedAsync(
            await server.Client.GetAsync(path, TestContext.Current.CancellationToken),
            expected,
            part
        );

    [Fact]
    public async Task Long_formula_is_refused() =>
        await AssertRefusedAsync(
            await server.PostAsync("api/jobs", new { formula = string.Concat(Enumerable.Repeat("NaCl", 60)) }),
            HttpStatusCode.UnprocessableEntity,
            "240 letters; this server takes at most 200"
        );

    [Theory]
    [InlineData("api/jobs/nosuch")]
    [InlineData("api/jobs/nosuch/events")]
    [InlineData("api/jobs/nosuch/candidates")]
    [InlineData("api/jobs/nosuch/candidates/1/scene")]
    [InlineData("api/jobs/nosuch/candidates/1/file")]
    [InlineData("api/jobs/nosuch/comparison?first=1&second=2")]
    [InlineData("api/jobs/nosuch/structures.zip")]
    [InlineData("api/jobs/..%2f..%2fetc%2fpasswd")]
    [InlineData("nothing.html")]
    [InlineData("..%2fappsettings.json")]
    public async Task What_is_not_there_is_not_found(string path) =>
        await AssertRefusedAsync(
            await server.Client.GetAsync(path, TestContext.Current.CancellationToken),
            HttpStatusCode.NotFound,
            " no"
        );

    private static string[] Formulas(JsonElement page) =>
        [.. page.GetProperty("jobs").EnumerateArray().Select(job => job.GetProperty("formula").GetString()!)];
}
