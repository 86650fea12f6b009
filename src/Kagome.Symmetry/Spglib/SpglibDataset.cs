using System.Runtime.InteropServices;

namespace Kagome.Symmetry.Spglib;

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
