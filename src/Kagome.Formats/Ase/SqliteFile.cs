using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Kagome.Formats.Ase;

/// <summary>Opens SQLite's files by their path alone, whatever that holds.</summary>
internal static class SqliteFile
{
    /// <summary>The first bytes of every such file.</summary>
    public static ReadOnlySpan<byte> Signature => "SQLite format 3\0"u8;

    /// <summary>A file that nobody trusts: nothing is written, no file beside it is looked at, and its schema runs no function that could do harm.</summary>
    /// <exception cref="SqliteException">It cannot be opened.</exception>
    public static SqliteConnection OpenToRead(string path)
    {
        SqliteConnection connection = Open(Address(path) + "?immutable=1", SqliteOpenMode.ReadOnly);
        Execute(connection, "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0");
        return connection;
    }

    /// <summary>A new file; what is written to it is of no use until it is closed.</summary>
    /// <exception cref="SqliteException">It cannot be made.</exception>
    public static SqliteConnection Create(string path)
    {
        SqliteConnection connection = Open(Address(path), SqliteOpenMode.ReadWriteCreate);
        Execute(
            connection,
            "PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8'; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -65536"
        );
        return connection;
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        int result = raw.sqlite3_exec(connection.Handle, sql);
        SqliteException.ThrowExceptionForRC(result, connection.Handle);
    }

    private static SqliteConnection Open(string address, SqliteOpenMode mode)
    {
        SqliteConnectionStringBuilder builder = new()
        {
            DataSource = address,
            Mode = mode,
            Pooling = false,
        };
        SqliteConnection connection = new(builder.ConnectionString);
        connection.Open();
        return connection;
    }

    /// <summary>As an address each sign of a path stands for itself; as a name, a leading file: or |DataDirectory| would not.</summary>
    private static string Address(string path)
    {
        string[] parts = Path.GetFullPath(path).Split(Path.DirectorySeparatorChar);
        return "file:///" + string.Join('/', parts.Select(Uri.EscapeDataString)).TrimStart('/');
    }
}
