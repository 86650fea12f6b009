namespace Kagome.Formats.Ase;

/// <summary>Tables and columns of version 9.</summary>
internal static class AseSchema
{
    public const int Version = 9;

    public const string Systems = "systems";
    public const string Information = "information";

    public const string Numbers = "numbers";
    public const string Positions = "positions";
    public const string Cell = "cell";
    public const string Periodic = "pbc";
    public const string KeyValuePairs = "key_value_pairs";
    public const string Data = "data";

    /// <summary>The three lowest bits: the cell repeats along each vector.</summary>
    public const int PeriodicInAll = 7;

    /// <summary>Columns of results that are one number, in eV or in units of the electron's magnetic moment, of the whole cell.</summary>
    public static readonly string[] Results = ["energy", "free_energy", "magmom"];

    /// <summary>As ASE makes them, comments aside; the order of the columns counts.</summary>
    public const string Tables = """
        CREATE TABLE systems (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        unique_id TEXT UNIQUE,
        ctime REAL,
        mtime REAL,
        username TEXT,
        numbers BLOB,
        positions BLOB,
        cell BLOB,
        pbc INTEGER,
        initial_magmoms BLOB,
        initial_charges BLOB,
        masses BLOB,
        tags BLOB,
        momenta BLOB,
        constraints TEXT,
        calculator TEXT,
        calculator_parameters TEXT,
        energy REAL,
        free_energy REAL,
        forces BLOB,
        stress BLOB,
        dipole BLOB,
        magmoms BLOB,
        magmom REAL,
        charges BLOB,
        key_value_pairs TEXT,
        data BLOB,
        natoms INTEGER,
        fmax REAL,
        smax REAL,
        volume REAL,
        mass REAL,
        charge REAL);
        CREATE TABLE species (Z INTEGER, n INTEGER, id INTEGER, FOREIGN KEY (id) REFERENCES systems(id));
        CREATE TABLE keys (key TEXT, id INTEGER, FOREIGN KEY (id) REFERENCES systems(id));
        CREATE TABLE text_key_values (key TEXT, value TEXT, id INTEGER, FOREIGN KEY (id) REFERENCES systems(id));
        CREATE TABLE number_key_values (key TEXT, value REAL, id INTEGER, FOREIGN KEY (id) REFERENCES systems(id));
        CREATE TABLE information (name TEXT, value TEXT);
        INSERT INTO information VALUES ('version', '9');
        """;

    /// <summary>Which crystal has which key, from the tables that have the values.</summary>
    public const string Keys =
        "INSERT INTO keys SELECT key, id FROM text_key_values UNION ALL SELECT key, id FROM number_key_values;";

    /// <summary>Made behind the rows, which is faster and gives smaller files; with 2 MB of cache they are sorted in pieces that the processor's own caches hold, in half the time.</summary>
    public const string Indices = """
        PRAGMA cache_size = -2000;
        CREATE INDEX unique_id_index ON systems(unique_id);
        CREATE INDEX ctime_index ON systems(ctime);
        CREATE INDEX username_index ON systems(username);
        CREATE INDEX calculator_index ON systems(calculator);
        CREATE INDEX species_index ON species(Z);
        CREATE INDEX key_index ON keys(key);
        CREATE INDEX text_index ON text_key_values(key);
        CREATE INDEX number_index ON number_key_values(key);
        """;
}
