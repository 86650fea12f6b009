using Kagome.Crystals.Structures;
using Kagome.Formats.Text;
using Microsoft.Data.Sqlite;

namespace Kagome.Formats.Ase;

/// <summary>Reads rows one at a time.</summary>
/// <remarks>
/// Rows come in the order of the file, whose ids ascend. A file that was made to keep its reader busy cannot: views, virtual tables and columns
/// that are computed are refused, pages that are visited twice give ids twice, long values are never loaded, and SQLite is stopped where it works long without a row.
/// </remarks>
internal sealed class AseDatabaseReader : IDisposable
{
    /// <summary>The longest keys of a row, in characters, and data, in bytes, that are looked at.</summary>
    private const int LongestText = FormatLimits.MaximumLineCharacters;

    private readonly string path;
    private readonly SqliteConnection connection;
    private readonly IReadOnlySet<string> columns;
    private readonly SqliteWatch watch;
    private long lastId = long.MinValue;

    private AseDatabaseReader(string path)
    {
        this.path = path;
        connection = SqliteFile.OpenToRead(path);
        try
        {
            watch = new SqliteWatch(connection);
            columns = AseSchemaCheck.ColumnsOfSystems(connection, path);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The rows as entries; what is wrong with the file as a whole is thrown.</summary>
    public static IEnumerable<DataSetEntry> Read(string path, ReadingPosition position)
    {
        long length = SourceFile.Guard(path, () => CheckSignature(path));
        using AseDatabaseReader reader = Guard(path, () => new AseDatabaseReader(path));
        position.Follow(length, Guard(path, () => reader.PlaceIn(length)));
        using SqliteDataReader rows = Guard(path, reader.Select);
        while (Guard(path, rows.Read))
        {
            reader.watch.Rest();
            yield return Guard(path, () => DataSetEntry.Of(() => reader.ReadRow(rows)));
        }

        reader.lastId = long.MaxValue;
    }

    public void Dispose() => connection.Dispose();

    /// <returns>The length of the file, in bytes.</returns>
    private static long CheckSignature(string path)
    {
        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] start = new byte[SqliteFile.Signature.Length];
        int read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (read < start.Length || !SqliteFile.Signature.SequenceEqual(start))
        {
            throw Problem(
                path,
                "is no SQLite database; expected one that ASE wrote, which begins with 'SQLite format 3'."
            );
        }

        return Unfinished(path) is { } beside
            ? throw Problem(
                path,
                $"has {beside} beside it, so a program is writing it or was stopped; close that program, or run 'sqlite3 {path} vacuum'."
            )
            : file.Length;
    }

    /// <summary>A file of SQLite's with changes that are not in the database yet, or have to be taken back; null for none.</summary>
    private static string? Unfinished(string path) =>
        new[] { $"{path}-wal", $"{path}-journal" }.FirstOrDefault(beside =>
            new FileInfo(beside) is { Exists: true, Length: > 0 }
        );

    private SqliteDataReader Select()
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = $"""
            SELECT rowid, {Short(AseSchema.Numbers, AseArrays.LongestNumbers)},
            {Short(AseSchema.Positions, AseArrays.LongestPositions)}, {Short(AseSchema.Cell, AseArrays.CellLength)},
            {Short(AseSchema.Periodic, 8)}, {Short(AseSchema.KeyValuePairs, LongestText)}, {Short(
                AseSchema.Data,
                LongestText
            )},
            {string.Join(", ", AseSchema.Results.Select(name => Short(name, 8)))},
            max(coalesce(length(numbers), 0), coalesce(length(positions), 0)) FROM systems NOT INDEXED
            """;
        return command.ExecuteReader();
    }

    /// <summary>A column, or null in its place where it is absent or its value long: the length is known without loading it.</summary>
    private string Short(string column, int longest) =>
        columns.Contains(column) ? $"CASE WHEN length({column}) <= {longest} THEN {column} END" : "NULL";

    private CrystalRecord ReadRow(SqliteDataReader rows)
    {
        if (rows.GetValue(0) is not long id || id <= lastId)
        {
            throw new SqliteException("rows are not in the order of their ids", SQLitePCL.raw.SQLITE_CORRUPT);
        }

        lastId = id;
        try
        {
            return Read(rows, id);
        }
        catch (FormatException problem)
        {
            throw new StructureFormatException(path, line: null, problem.Message, $"row {id}", problem);
        }
    }

    private CrystalRecord Read(SqliteDataReader rows, long id)
    {
        long periodic = rows.GetValue(4) as long? ?? 0;
        if ((periodic & AseSchema.PeriodicInAll) != AseSchema.PeriodicInAll)
        {
            string directions = string.Join(
                ' ',
                Enumerable.Range(0, 3).Select(bit => (periodic >> bit & 1) == 1 ? "T" : "F")
            );
            throw new FormatException($"pbc is {directions}; expected T T T: a crystal repeats in three directions.");
        }

        if (
            rows.GetValue(1) is not byte[] numbers
            || rows.GetValue(2) is not byte[] positions
            || rows.GetValue(3) is not byte[] cell
        )
        {
            throw new FormatException(
                $"numbers, positions or cell is absent, no array, or longer than {FormatLimits.MaximumAtoms} atoms ask for ({rows.GetValue(7 + AseSchema.Results.Length)} bytes)."
            );
        }

        string unnamed = $"{SourceFile.Stem(path)}-{id}";
        CrystalRecord record = AseRowTexts.Read(
            rows.GetValue(5) as string,
            rows.GetValue(6) as byte[],
            unnamed,
            AseArrays.Read(numbers, positions, cell)
        );
        foreach ((int index, string name) in AseSchema.Results.Index())
        {
            if (rows.GetValue(7 + index) is double value && double.IsFinite(value))
            {
                record = record with { Labels = record.Labels.SetItem(name, value) };
            }
        }

        return record;
    }

    /// <summary>How far in the file the row that was read last is, by its id.</summary>
    private Func<long> PlaceIn(long length)
    {
        double largest = AseSchemaCheck.Scalar(connection, "SELECT max(rowid) FROM systems") as long? ?? 0;
        return () =>
            lastId == long.MaxValue ? length
            : lastId <= 0 || largest <= 0 ? 0
            : (long)(length * Math.Min(1, lastId / largest));
    }

    /// <summary>What SQLite has against a file is a problem of that file.</summary>
    private static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception)
            when (exception is SqliteException or InvalidOperationException or InvalidCastException or OverflowException
            )
        {
            throw new StructureFormatException(
                path,
                line: null,
                $"cannot be read as a database of ASE: {exception.Message} It may be damaged or incomplete; fetch it again.",
                innerException: exception
            );
        }
    }

    private static StructureFormatException Problem(string path, string problem) => new(path, line: null, problem);
}
