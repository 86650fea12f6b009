using System.Security.Cryptography;
using System.Text;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Structures;
using Kagome.Formats.Text;
using Microsoft.Data.Sqlite;

namespace Kagome.Formats.Ase;

/// <summary>Writes a row a crystal, all in one transaction.</summary>
internal sealed class AseDatabaseWriter : ICrystalSink
{
    private const string User = "kagome";

    private readonly AseKeyNames names = new();
    private readonly SqliteConnection connection;
    private readonly double time;
    private readonly SqliteInsert systems;
    private readonly SqliteInsert species;
    private readonly SqliteInsert texts;
    private readonly SqliteInsert numbers;
    private long count;

    /// <param name="path">A file that is not there yet.</param>
    /// <param name="time">Of all rows, in ASE's years.</param>
    /// <exception cref="IOException">The file cannot be made.</exception>
    public AseDatabaseWriter(string path, double time)
    {
        this.time = time;
        connection = Guard(() => SqliteFile.Create(path));
        try
        {
            Guard(() => SqliteFile.Execute(connection, $"BEGIN; {AseSchema.Tables}"));
            systems = new(
                connection,
                "systems",
                "id",
                "unique_id",
                "ctime",
                "mtime",
                "username",
                "numbers",
                "positions",
                "cell",
                "pbc",
                "energy",
                "free_energy",
                "magmom",
                "key_value_pairs",
                "data",
                "natoms",
                "volume",
                "mass",
                "charge"
            );
            species = new(connection, "species", "Z", "n", "id");
            texts = new(connection, "text_key_values", "key", "value", "id");
            numbers = new(connection, "number_key_values", "key", "value", "id");
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Add(CrystalRecord record) => Guard(() => Insert(record, ++count));

    public void Complete() =>
        Guard(() =>
        {
            SqliteFile.Execute(connection, $"{AseSchema.Keys} {AseSchema.Indices} COMMIT");
            Dispose();
        });

    public void Dispose()
    {
        foreach (SqliteInsert? insert in new[] { systems, species, texts, numbers })
        {
            insert?.Dispose();
        }

        connection.Dispose();
    }

    private void Insert(CrystalRecord record, long id)
    {
        Structure structure = record.Structure;
        AseRowTexts row = new(record, names);
        (byte[] atoms, byte[] positions, byte[] cell) = (
            AseArrays.Numbers(structure),
            AseArrays.Positions(structure),
            AseArrays.Cell(structure.Lattice)
        );
        double?[] results = [.. AseSchema.Results.Select(name => Result(record, name))];
        string pairs = row.KeyValuePairs;
        byte[] data = row.Data;
        systems.Execute(
            id,
            UniqueId(id, [atoms, positions, cell, Encoding.UTF8.GetBytes(pairs), data]),
            time,
            time,
            User,
            atoms,
            positions,
            cell,
            AseSchema.PeriodicInAll,
            results[0],
            results[1],
            results[2],
            pairs,
            data,
            structure.AtomCount,
            structure.Lattice.Volume,
            structure.Sites.Sum(site => site.Element.Data.AtomicMass),
            0.0
        );
        foreach ((Element element, int atomCount) in structure.Composition.Counts)
        {
            species.Execute(element.AtomicNumber, atomCount, id);
        }

        foreach ((string key, string text) in row.Texts)
        {
            texts.Execute(key, text, id);
        }

        foreach ((string key, double number) in row.Numbers)
        {
            numbers.Execute(key, number, id);
        }
    }

    private static double? Result(CrystalRecord record, string name) =>
        record.Labels.TryGetValue(name, out double value) && double.IsFinite(value) ? value : null;

    /// <summary>32 hexadecimal digits: eight of the row's number, so that equal crystals differ and the index of ids grows at its end, and the rest of all that the row holds.</summary>
    private static string UniqueId(long row, byte[][] contents)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (byte[] content in contents)
        {
            hash.AppendData(BitConverter.GetBytes(content.Length));
            hash.AppendData(content);
        }

        return $"{row:x8}{Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 12))}";
    }

    private static void Guard(Action write) =>
        _ = Guard(() =>
        {
            write();
            return true;
        });

    /// <exception cref="IOException">SQLite cannot write.</exception>
    private static T Guard<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (SqliteException exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }
}
