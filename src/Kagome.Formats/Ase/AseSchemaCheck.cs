using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Kagome.Formats.Ase;

/// <summary>Finds out whether a database is one of ASE's, without running anything that its author wrote.</summary>
internal static class AseSchemaCheck
{
    /// <summary>Rows of the table information that are looked at; ASE writes two.</summary>
    private const int MostInformation = 20;

    private static readonly string[] Needed =
    [
        "id",
        AseSchema.Numbers,
        AseSchema.Positions,
        AseSchema.Cell,
        AseSchema.Periodic,
    ];

    /// <summary>The columns of the table of crystals, upper and lower case alike.</summary>
    /// <exception cref="StructureFormatException">It is no database that ASE wrote, or one of a later version.</exception>
    /// <exception cref="SqliteException">It is damaged.</exception>
    public static IReadOnlySet<string> ColumnsOfSystems(SqliteConnection connection, string path)
    {
        HashSet<string> columns =
            Columns(connection, path, AseSchema.Systems)
            ?? throw Problem(
                path,
                "is an SQLite database without a table 'systems'; expected one that ASE wrote, such as by ase.db.connect."
            );
        if (Needed.FirstOrDefault(name => !columns.Contains(name)) is { } missing)
        {
            throw Problem(path, $"has a table 'systems' without the column {missing}; expected one that ASE wrote.");
        }

        if (Columns(connection, path, AseSchema.Information)?.IsSupersetOf(["name", "value"]) ?? false)
        {
            CheckVersion(connection, path);
        }

        return columns;
    }

    /// <summary>The only value of a statement; null for none.</summary>
    /// <exception cref="SqliteException">The database is damaged.</exception>
    public static object? Scalar(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    /// <summary>The columns of a table that is stored as it is; null where there is none of that name.</summary>
    private static HashSet<string>? Columns(SqliteConnection connection, string path, string table)
    {
        string sql = $"SELECT type || ' ' || rootpage FROM sqlite_master WHERE name = '{table}'";
        if (Scalar(connection, sql) is not string kind)
        {
            return null;
        }

        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT name, hidden FROM pragma_table_xinfo('{table}')";
        HashSet<string> columns = new(StringComparer.OrdinalIgnoreCase);
        bool isStored = kind.StartsWith("table ", StringComparison.Ordinal) && kind != "table 0";
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            columns.Add(reader.GetString(0));
            isStored &= reader.GetInt64(1) == 0;
        }

        return isStored
            ? columns
            : throw Problem(
                path,
                $"has a '{table}' that is computed when it is read; expected a table that ASE wrote."
            );
    }

    private static void CheckVersion(SqliteConnection connection, string path)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText =
            $"SELECT CASE WHEN length(name) < 20 THEN name END, CASE WHEN length(value) < 20 THEN value END FROM information LIMIT {MostInformation}";
        using SqliteDataReader rows = command.ExecuteReader();
        while (rows.Read())
        {
            bool isLater =
                rows.GetValue(0) is "version"
                && int.TryParse(rows.GetValue(1).ToString(), CultureInfo.InvariantCulture, out int version)
                && version > AseSchema.Version;
            if (isLater)
            {
                throw Problem(
                    path,
                    $"is an ASE database of version {rows.GetValue(1)}; expected at most {AseSchema.Version}. Write it with an older ASE, or as extended XYZ."
                );
            }
        }
    }

    private static StructureFormatException Problem(string path, string problem) => new(path, line: null, problem);
}
