using System.Text.Json;
using Kagome.Testing;
using Kagome.Tests;
using Microsoft.Data.Sqlite;
using static Kagome.Web.Tests.RunningServer;

namespace Kagome.Web.Tests;

/// <summary>What a server finds in its data folder when it is started.</summary>
public sealed class RestartTests : IDisposable
{
    private readonly TinyModels models = new();
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        models.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Jobs_survive_and_one_that_ran_comes_to_what_it_would_have()
    {
        object request = new
        {
            formula = "NaCl",
            samples = 400,
            steps = 20,
            candidates = "generated",
        };
        string done;
        string running;
        string waiting;
        await using (RunningServer before = await BeginAsync(models, folder["data"]))
        {
            done = await before.PredictedAsync();
            running = await before.SubmitAsync(request);
            waiting = await before.SubmitAsync(
                new
                {
                    formula = "MgO",
                    samples = 1,
                    steps = 2,
                    candidates = "generated",
                }
            );
            while (
                (await before.GetAsync($"api/jobs/{running}")).GetProperty("progress").ValueKind != JsonValueKind.Object
            )
            {
                await Task.Yield();
            }
        }

        await using RunningServer after = await BeginAsync(models, folder["data"]);
        Assert.Equal("done", (await after.GetAsync($"api/jobs/{done}")).GetProperty("state").GetString());
        Assert.Equal("done", (await after.EndOfAsync(running)).GetProperty("state").GetString());
        Assert.Equal("done", (await after.EndOfAsync(waiting)).GetProperty("state").GetString());
        string undisturbed = await after.SubmitAsync(request);
        await after.EndOfAsync(undisturbed);
        Assert.Equal(await Candidates(after, undisturbed), await Candidates(after, running));
    }

    [Fact]
    public async Task What_a_killed_server_left_is_removed()
    {
        string[] left = [folder["data/exports/abc"], folder["data/work/abc"]];
        foreach (string path in left)
        {
            Directory.CreateDirectory(path);
            await File.WriteAllTextAsync(Path.Combine(path, "half"), "x", TestContext.Current.CancellationToken);
        }

        await using RunningServer server = await BeginAsync(models, folder["data"]);
        Assert.All(left, path => Assert.False(Directory.Exists(path), path));
    }

    [Fact]
    public async Task Job_whose_turn_comes_while_the_disk_is_full_is_done_later()
    {
        await using RunningServer server = await BeginAsync(models, folder["data"]);
        await using SqliteConnection database = new($"Data Source={folder["data/kagome.db"]}");
        await database.OpenAsync(TestContext.Current.CancellationToken);
        await ExecuteAsync( // as a full disk: what is changed is refused
            "CREATE TRIGGER full BEFORE UPDATE ON jobs BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
        );
        string id = await server.SubmitAsync(
            new
            {
                formula = "NaCl",
                samples = 1,
                steps = 2,
                candidates = "generated",
            }
        );
        await Task.Delay(500, TestContext.Current.CancellationToken); // its turn has come
        Assert.Equal("waiting", (await server.GetAsync($"api/jobs/{id}")).GetProperty("state").GetString());
        await ExecuteAsync("DROP TRIGGER full");
        Assert.Equal("done", (await server.EndOfAsync(id)).GetProperty("state").GetString());

        async Task ExecuteAsync(string text)
        {
            await using SqliteCommand command = database.CreateCommand();
            command.CommandText = text;
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Second_server_in_a_folder_is_refused()
    {
        await using RunningServer first = await BeginAsync(models, folder["data"]);
        InputException refused = await Assert.ThrowsAsync<InputException>(() => BeginAsync(models, folder["data"]));
        Assert.Contains("Another server", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Database_that_is_none_is_refused_and_kept()
    {
        string path = folder["data/kagome.db"];
        string text = new('x', 5000);
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        InputException refused = await Assert.ThrowsAsync<InputException>(() => BeginAsync(models, folder["data"]));
        Assert.Contains("is no database of jobs", refused.Message, StringComparison.Ordinal);
        Assert.Equal(text, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Database_of_a_newer_program_is_refused()
    {
        await using (SqliteConnection database = new($"Data Source={folder["data/kagome.db"]}"))
        {
            await database.OpenAsync(TestContext.Current.CancellationToken);
            await using SqliteCommand command = database.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        InputException refused = await Assert.ThrowsAsync<InputException>(() => BeginAsync(models, folder["data"]));
        Assert.Contains("newer Kagome (version 99", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_folder_that_is_a_file_is_refused()
    {
        await File.WriteAllTextAsync(folder["data"], "", TestContext.Current.CancellationToken);
        InputException refused = await Assert.ThrowsAsync<InputException>(() => BeginAsync(models, folder["data"]));
        Assert.Contains("a file; expected a folder", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Localhost_with_any_free_port_is_served()
    {
        await using RunningServer server = await BeginAsync(
            models,
            folder["data"],
            options => options with { Host = "localhost" }
        );
        await server.GetAsync("api/about");
    }

    [Theory]
    [InlineData("somewhere", null)]
    [InlineData("0.0.0.0", null)]
    [InlineData("127.0.0.1", "short")]
    [InlineData("0.0.0.0", "with spaces and ;")]
    public void Options_that_would_be_unsafe_are_refused(string host, string? token) =>
        Assert.Throws<OptionException>(() =>
            new WebOptions
            {
                DataFolder = "data",
                Host = host,
                Token = token,
            }.Validate()
        );

    private static async Task<string> Candidates(RunningServer server, string id) =>
        (await server.GetAsync($"api/jobs/{id}/candidates")).GetProperty("candidates").GetRawText();
}
