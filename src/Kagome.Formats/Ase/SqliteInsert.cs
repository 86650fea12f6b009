using Microsoft.Data.Sqlite;

namespace Kagome.Formats.Ase;

/// <summary>A statement that puts rows into a table, prepared once.</summary>
internal sealed class SqliteInsert : IDisposable
{
    private readonly SqliteCommand command;

    public SqliteInsert(SqliteConnection connection, string table, params string[] columns)
    {
        command = connection.CreateCommand();
        string places = string.Join(", ", columns.Select((_, index) => $"$p{index}"));
        command.CommandText = $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({places})";
        foreach (int index in Enumerable.Range(0, columns.Length))
        {
            _ = command.Parameters.AddWithValue($"$p{index}", DBNull.Value);
        }
    }

    /// <param name="values">In the order of the columns; null for nothing.</param>
    public void Execute(params object?[] values)
    {
        foreach ((int index, object? value) in values.Index())
        {
            command.Parameters[index].Value = value ?? DBNull.Value;
        }

        _ = command.ExecuteNonQuery();
    }

    public void Dispose() => command.Dispose();
}
