using Kagome.Formats.Text;

namespace Kagome.Formats.Ase;

/// <summary>The databases of ASE, the Atomic Simulation Environment, in SQLite: what <c>ase db crystals.db</c> and <c>ase.db.connect</c> read.</summary>
/// <remarks>
/// <para>Reads versions 1 to 9. A row that does not repeat in three directions is no crystal. Names are those of the key
/// material_id, entry_id, uid, jid, task_id, mp_id or name, the first that is there; split is a key, and every key whose value is a number a label, beside the
/// columns energy, free_energy (eV, of the whole cell) and magmom. Forces, charges, constraints, tags and data are passed over.</para>
/// <para>Writes version 9. Lattice vectors and Cartesian positions read back exactly, to the last digit but one. A label whose name ASE does not take as a key, such as
/// an element's symbol, is written under another one, and read by its own.</para>
/// <para>Nothing tells when a crystal was made: rows are of the beginning of the year 2000, unless a clock is given. The same crystals give the same bytes.</para>
/// <para>Source: https://gitlab.com/ase/ase, ase/db/sqlite.py.</para>
/// </remarks>
public sealed class AseDatabaseFormat : IDatabaseFormat
{
    /// <inheritdoc/>
    public string Name => "ase";

    /// <inheritdoc/>
    public string Description => "database of ASE, in SQLite";

    /// <inheritdoc/>
    public IReadOnlyList<string> FileNames { get; } = ["*.db"];

    /// <inheritdoc/>
    public bool CanWriteSeveral => true;

    /// <summary>Tells when rows are made. Default: null, for the beginning of the year 2000.</summary>
    public TimeProvider? Clock { get; init; }

    /// <inheritdoc/>
    public IEnumerable<DataSetEntry> Read(string path, ReadingPosition position) =>
        AseDatabaseReader.Read(path, position);

    /// <inheritdoc/>
    public ICrystalSink Create(string path) => new AseDatabaseWriter(path, AseTime.Of(Clock));
}

/// <summary>Times as ASE keeps them.</summary>
internal static class AseTime
{
    private const long Beginning = 946_681_200; // s since 1970; as ASE has it, in Copenhagen
    private const double SecondsInYear = 31_557_600;

    /// <summary>Years of 365.25 days since the beginning of the year 2000; 0 without a clock.</summary>
    public static double Of(TimeProvider? clock) =>
        clock is null ? 0 : (clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0 - Beginning) / SecondsInYear;
}
