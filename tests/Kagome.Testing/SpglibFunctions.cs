using System.Runtime.InteropServices;

namespace Kagome.Testing;

/// <summary>The functions of spglib's C library.</summary>
/// <remarks>Lattices are [3, 3] with the vectors in columns, positions [atoms, 3]; see spglib.h.</remarks>
internal static unsafe partial class SpglibFunctions
{
    private const string Library = "symspg";

    /// <summary>The first version whose data set has today's fields (crystallographic_orbits came with 1.15).</summary>
    private static readonly Version Oldest = new(1, 15);

    /// <summary>The headers of 1.15 to 2.6 lay out the data set alike; a third major version may not.</summary>
    private static readonly Version TooNew = new(3, 0);

    private static nint handle;

    static SpglibFunctions() =>
        NativeLibrary.SetDllImportResolver(
            typeof(SpglibFunctions).Assembly,
            (name, _, _) => name == Library ? handle : 0
        );

    /// <summary>Looks for the library and finds out whether its version is one that is known.</summary>
    public static SpglibInstallation Probe()
    {
        string[] places = [.. SpglibLocations.Candidates(Environment.GetEnvironmentVariable)];
        string? place = Array.Find(places, candidate => NativeLibrary.TryLoad(candidate, out handle));
        if (place is null)
        {
            string? wanted = Environment.GetEnvironmentVariable(SpglibLocations.PathVariable);
            string problem = string.IsNullOrEmpty(wanted)
                ? "not found"
                : $"cannot be loaded from {SpglibLocations.PathVariable}={wanted}";
            return new SpglibInstallation(null, null, problem);
        }

        foreach (
            string function in new[] { "spg_get_major_version", "spg_get_dataset", "spg_get_symmetry_from_database" }
        )
        {
            if (!NativeLibrary.TryGetExport(handle, function, out _))
            {
                return new SpglibInstallation(null, place, $"{place} has no function {function}");
            }
        }

        Version version = new(MajorVersion(), MinorVersion(), MicroVersion());
        return new SpglibInstallation(
            $"{version}",
            place,
            version >= Oldest && version < TooNew ? null : $"version {version} is not known; expected 1.15 to 2"
        );
    }

    [LibraryImport(Library, EntryPoint = "spg_get_dataset")]
    public static partial SpglibDataset* GetDataset(
        double* lattice,
        double* positions,
        int* types,
        int atomCount,
        double symprec
    );

    [LibraryImport(Library, EntryPoint = "spg_free_dataset")]
    public static partial void FreeDataset(SpglibDataset* dataset);

    /// <returns>How many; there are at most 192.</returns>
    [LibraryImport(Library, EntryPoint = "spg_get_symmetry_from_database")]
    public static partial int GetSymmetryFromDatabase(int* rotations, double* translations, int hallNumber);

    [LibraryImport(Library, EntryPoint = "spg_get_major_version")]
    private static partial int MajorVersion();

    [LibraryImport(Library, EntryPoint = "spg_get_minor_version")]
    private static partial int MinorVersion();

    [LibraryImport(Library, EntryPoint = "spg_get_micro_version")]
    private static partial int MicroVersion();
}

/// <summary>What spglib found of a crystal: the struct SpglibDataset of spglib.h, the same from version 1.15 to 2.6.</summary>
/// <remarks>Lattices are [3, 3] with the vectors in columns. The memory is spglib's.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SpglibDataset
{
    public int SpaceGroupNumber;
    public int HallNumber;
    public fixed byte InternationalSymbol[11];
    public fixed byte HallSymbol[17];
    public fixed byte Choice[6];
    public fixed double TransformationMatrix[9];
    public fixed double OriginShift[3];
    public int OperationCount;
    public int* Rotations; // [operations, 3, 3]
    public double* Translations; // [operations, 3]
    public int AtomCount;
    public int* WyckoffLetters; // 0 is a
    public byte* SiteSymmetrySymbols; // [atoms, 7]
    public int* EquivalentAtoms;
    public int* CrystallographicOrbits;
    public fixed double PrimitiveLattice[9];
    public int* MappingToPrimitive;
    public int StandardAtomCount;
    public fixed double StandardLattice[9];
    public int* StandardTypes;
    public double* StandardPositions; // [standard atoms, 3]
    public fixed double StandardRotationMatrix[9];
    public int* StandardMappingToPrimitive;
    public fixed byte PointGroupSymbol[6];
}
