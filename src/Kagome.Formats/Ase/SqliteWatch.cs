using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Kagome.Formats.Ase;

/// <summary>Stops SQLite where it works for long without giving a row, as on pages that point to one another.</summary>
internal sealed class SqliteWatch
{
    private const int Interval = 10_000; // steps of SQLite's machine

    /// <summary>A hundred million steps, which take seconds; a row takes a few dozen.</summary>
    private const int MostCalls = 10_000;

    private int calls;

    public SqliteWatch(SqliteConnection connection) =>
        raw.sqlite3_progress_handler(connection.Handle, Interval, _ => ++calls > MostCalls ? 1 : 0, null);

    /// <summary>Begins to count anew.</summary>
    public void Rest() => calls = 0;
}
