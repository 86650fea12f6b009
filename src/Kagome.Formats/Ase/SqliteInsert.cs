using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Kagome.Formats.Ase;

/// <summary>A statement that puts rows into a table, prepared once.</summary>
/// <remarks>It calls SQLite itself: a command of Microsoft.Data.Sqlite takes several times as long as the row, and a crystal has some fifteen rows.</remarks>
internal sealed class SqliteInsert : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;

    /// <exception cref="SqliteException">There is no such table or column.</exception>
    public SqliteInsert(SqliteConnection connection, string table, params string[] columns)
    {
        database = connection.Handle!;
        string places = string.Join(", ", columns.Select(_ => "?"));
        string sql = $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({places})";
        Check(raw.sqlite3_prepare_v2(database, sql, out statement));
    }

    /// <param name="values">In the order of the columns, as many as there are.</param>
    /// <exception cref="SqliteException">The row cannot be written.</exception>
    public void Execute(params ReadOnlySpan<Value> values)
    {
        for (int index = 0; index < values.Length; index++)
        {
            Check(values[index].Bind(statement, index + 1));
        }

        int result = raw.sqlite3_step(statement);
        _ = raw.sqlite3_reset(statement);
        Check(result == raw.SQLITE_DONE ? raw.SQLITE_OK : result);
    }

    public void Dispose() => statement.Dispose();

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, database);

    /// <summary>What a column holds, nothing included.</summary>
    internal readonly struct Value
    {
        private readonly object? content;
        private readonly double real;
        private readonly long integer;
        private readonly Kind kind;

        private Value(Kind kind, object? content = null, double real = 0, long integer = 0) =>
            (this.kind, this.content, this.real, this.integer) = (kind, content, real, integer);

        private enum Kind
        {
            Nothing,
            Integer,
            Real,
            Text,
            Bytes,
        }

        public static implicit operator Value(long integer) => new(Kind.Integer, integer: integer);

        public static implicit operator Value(double? real) =>
            real is { } number ? new(Kind.Real, real: number) : default;

        public static implicit operator Value(string text) => new(Kind.Text, text);

        public static implicit operator Value(byte[] bytes) => new(Kind.Bytes, bytes);

        public int Bind(sqlite3_stmt statement, int place) =>
            kind switch
            {
                Kind.Integer => raw.sqlite3_bind_int64(statement, place, integer),
                Kind.Real => raw.sqlite3_bind_double(statement, place, real),
                Kind.Text => raw.sqlite3_bind_text(statement, place, (string)content!),
                Kind.Bytes => raw.sqlite3_bind_blob(statement, place, (byte[])content!),
                _ => raw.sqlite3_bind_null(statement, place),
            };
    }
}
