using System.Security.Cryptography;
using Kagome.Crystals.Structures;
using Kagome.Formats;
using Kagome.Output;
using Microsoft.Data.Sqlite;

namespace Kagome.Web.Jobs;

/// <summary>All jobs and their candidates, in a SQLite database.</summary>
/// <remarks>Safe to use from several threads. What a method has written survives a killed server; a change is there whole or not at all.</remarks>
internal sealed class JobStore
{
    private const int Version = 1;
    private const int IdLength = 12;
    private const string IdLetters = "abcdefghjkmnpqrstuvwxyz23456789"; // none that look like others
    private const string Columns = "id, document";
    private const int MostWords = 50; // SQLite takes no deeper expression than 1,000

    private const string Schema = """
        CREATE TABLE jobs (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            reduced_formula TEXT NOT NULL,
            state TEXT NOT NULL,
            words TEXT NOT NULL,
            document TEXT NOT NULL
        );
        CREATE INDEX jobs_by_state ON jobs (state, number);
        CREATE INDEX jobs_by_formula ON jobs (reduced_formula, number);
        CREATE TABLE candidates (
            job TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
            rank INTEGER NOT NULL,
            entry TEXT NOT NULL,
            record_id TEXT,
            structure TEXT,
            PRIMARY KEY (job, rank)
        ) WITHOUT ROWID;
        CREATE TABLE origins (job TEXT PRIMARY KEY REFERENCES jobs (id) ON DELETE CASCADE, document TEXT NOT NULL) WITHOUT ROWID;
        """;

    private readonly string connection;

    /// <summary>Opens the database of a folder, which is made where it is absent.</summary>
    /// <exception cref="InputException">The file is no such database, or one of a newer program.</exception>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public JobStore(string folder)
    {
        string path = Path.Combine(folder, "kagome.db");
        connection = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            ForeignKeys = true,
            DefaultTimeout = 30,
        }.ToString();
        try
        {
            using SqliteConnection database = Open();
            Execute(database, "PRAGMA journal_mode = WAL");
            using SqliteTransaction transaction = database.BeginTransaction();
            long version = (long)Scalar(database, "PRAGMA user_version")!;
            if (version > Version)
            {
                throw new InputException(
                    $"{path} was written by a newer Kagome (version {version}; this one knows {Version}). Take that program, or another folder with {nameof(WebOptions.DataFolder)}.",
                    version,
                    nameof(WebOptions.DataFolder)
                );
            }

            if (version == 0)
            {
                Execute(database, Schema);
                Execute(database, $"PRAGMA user_version = {Version}");
            }

            transaction.Commit();
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is NotADatabase or Damaged or GeneralError)
        {
            throw new InputException(
                $"{path} is no database of jobs ({exception.Message}). Move it away, or take another folder with {nameof(WebOptions.DataFolder)}.",
                path,
                nameof(WebOptions.DataFolder)
            );
        }
        catch (SqliteException exception)
        {
            throw new IOException($"{path} cannot be written: {exception.Message}", exception);
        }
    }

    private const int GeneralError = 1;
    private const int Damaged = 11;
    private const int NotADatabase = 26;

    /// <summary>A new name for a job.</summary>
    public static string NewId() => RandomNumberGenerator.GetString(IdLetters, IdLength);

    public void Add(Job job)
    {
        using SqliteConnection database = Open();
        Execute(
            database,
            "INSERT INTO jobs (id, reduced_formula, state, words, document) VALUES ($id, $reduced, $state, $words, $document)",
            ("$id", job.Id),
            ("$reduced", job.ReducedFormula),
            ("$state", $"{job.State}"),
            ("$words", Words(job)),
            ("$document", JsonText.Line(job))
        );
    }

    /// <summary>Writes what changed of a job.</summary>
    public void Save(Job job)
    {
        using SqliteConnection database = Open();
        Save(database, job);
    }

    /// <summary>Writes a job and, in place of those before, its candidates.</summary>
    public void Save(Job job, PredictionOrigin origin, IReadOnlyList<KeptCandidate> candidates)
    {
        using SqliteConnection database = Open();
        using SqliteTransaction transaction = database.BeginTransaction();
        Save(database, job);
        Execute(
            database,
            "INSERT OR REPLACE INTO origins (job, document) VALUES ($job, $document)",
            ("$job", job.Id),
            ("$document", JsonText.Line(origin))
        );
        Execute(database, "DELETE FROM candidates WHERE job = $job", ("$job", job.Id));
        foreach (KeptCandidate candidate in candidates)
        {
            Execute(
                database,
                "INSERT INTO candidates (job, rank, entry, record_id, structure) VALUES ($job, $rank, $entry, $record, $structure)",
                ("$job", job.Id),
                ("$rank", candidate.Entry.Rank),
                ("$entry", JsonText.Line(candidate.Entry)),
                ("$record", candidate.Structure?.Id),
                ("$structure", candidate.Structure is { } record ? JsonText.Line(record.Structure) : null)
            );
        }

        transaction.Commit();
    }

    public Job? Find(string id)
    {
        using SqliteConnection database = Open();
        return Jobs(database, $"SELECT {Columns} FROM jobs WHERE id = $id", ("$id", id)).SingleOrDefault();
    }

    /// <summary>A page of the history, newest first.</summary>
    /// <param name="search">Words, each of which the job's formula, elements, settings or state contain; null for all jobs.</param>
    /// <param name="state">Null for any.</param>
    /// <param name="limit">Most jobs of a page.</param>
    /// <param name="before">Only jobs that are older than this one; null for the newest.</param>
    /// <exception cref="InputException">There are too many words.</exception>
    public JobPage List(string? search, JobState? state, int limit, string? before)
    {
        string[] words =
            search?.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        if (words.Length > MostWords)
        {
            throw new InputException($"search has {words.Length} words; expected at most {MostWords}.");
        }

        string conditions = string.Concat(words.Select((_, at) => $" AND words LIKE $word{at} ESCAPE '\\'"));
        using SqliteConnection database = Open();
        Job[] jobs =
        [
            .. Jobs(
                database,
                $"SELECT {Columns} FROM jobs WHERE ($state IS NULL OR state = $state) AND ($before IS NULL OR number < (SELECT number FROM jobs WHERE id = $before)){conditions} ORDER BY number DESC LIMIT $limit",
                [
                    ("$state", state is null ? null : $"{state}"),
                    ("$before", before),
                    ("$limit", limit + 1),
                    .. words.Select((word, at) => ($"$word{at}", (object?)$"%{Escaped(word)}%")),
                ]
            ),
        ];
        return jobs.Length > limit ? new JobPage(jobs[..limit], jobs[limit - 1].Id) : new JobPage(jobs, null);
    }

    /// <summary>Jobs that have not ended, oldest first.</summary>
    public IReadOnlyList<Job> Unfinished()
    {
        using SqliteConnection database = Open();
        return
        [
            .. Jobs(
                database,
                $"SELECT {Columns} FROM jobs WHERE state IN ('{JobState.Waiting}', '{JobState.Running}') ORDER BY number"
            ),
        ];
    }

    /// <summary>The newest jobs of a formula that are done.</summary>
    public IReadOnlyList<Job> Done(string reducedFormula, int limit)
    {
        using SqliteConnection database = Open();
        return
        [
            .. Jobs(
                database,
                $"SELECT {Columns} FROM jobs WHERE reduced_formula = $reduced AND state = '{JobState.Done}' ORDER BY number DESC LIMIT $limit",
                ("$reduced", reducedFormula),
                ("$limit", limit)
            ),
        ];
    }

    /// <summary>The candidates of a job, best first.</summary>
    public IReadOnlyList<KeptCandidate> Candidates(string job)
    {
        using SqliteConnection database = Open();
        return [.. Candidates(database, "job = $job ORDER BY rank", ("$job", job))];
    }

    public KeptCandidate? Candidate(string job, int rank)
    {
        using SqliteConnection database = Open();
        return Candidates(database, "job = $job AND rank = $rank", ("$job", job), ("$rank", rank)).SingleOrDefault();
    }

    /// <summary>What has to be the same for a job to come out the same; null where it has no candidates.</summary>
    public PredictionOrigin? Origin(string job)
    {
        using SqliteConnection database = Open();
        return Scalar(database, "SELECT document FROM origins WHERE job = $job", ("$job", job)) is string text
            ? JsonText.Parse<PredictionOrigin>(text)
            : null;
    }

    public void Remove(string id)
    {
        using SqliteConnection database = Open();
        Execute(database, "DELETE FROM jobs WHERE id = $id", ("$id", id));
    }

    private static void Save(SqliteConnection database, Job job) =>
        Execute(
            database,
            "UPDATE jobs SET state = $state, words = $words, document = $document WHERE id = $id",
            ("$id", job.Id),
            ("$state", $"{job.State}"),
            ("$words", Words(job)),
            ("$document", JsonText.Line(job))
        );

    /// <summary>What a search looks through.</summary>
    private static string Words(Job job) =>
        string.Join(
            ' ',
            job.Formula,
            job.ReducedFormula,
            job.State,
            job.Best?.SpaceGroup?.Symbol,
            JsonText.Line(job.Request)
        );

    private static string Escaped(string word) =>
        word.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("%", "\\%", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal);

    private static IEnumerable<Job> Jobs(SqliteConnection database, string query, params (string, object?)[] values)
    {
        using SqliteCommand command = Command(database, query, values);
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return JsonText.Parse<Job>(reader.GetString(1));
        }
    }

    private static IEnumerable<KeptCandidate> Candidates(
        SqliteConnection database,
        string condition,
        params (string, object?)[] values
    )
    {
        using SqliteCommand command = Command(
            database,
            $"SELECT entry, record_id, structure FROM candidates WHERE {condition}",
            values
        );
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            PredictionDocument.Entry entry = JsonText.Parse<PredictionDocument.Entry>(reader.GetString(0));
            yield return new KeptCandidate(
                entry,
                reader.IsDBNull(2)
                    ? null
                    : new CrystalRecord(reader.GetString(1), JsonText.Parse<Structure>(reader.GetString(2)))
            );
        }
    }

    private SqliteConnection Open()
    {
        SqliteConnection database = new(connection);
        database.Open();
        return database;
    }

    private static object? Scalar(SqliteConnection database, string query, params (string, object?)[] values)
    {
        using SqliteCommand command = Command(database, query, values);
        return command.ExecuteScalar();
    }

    private static void Execute(SqliteConnection database, string query, params (string, object?)[] values)
    {
        using SqliteCommand command = Command(database, query, values);
        command.ExecuteNonQuery();
    }

    private static SqliteCommand Command(SqliteConnection database, string query, (string Name, object? Value)[] values)
    {
        SqliteCommand command = database.CreateCommand();
        command.CommandText = query;
        foreach ((string name, object? value) in values)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }
}
