using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;

namespace Kagome.Testing;

/// <summary>What spglib says of a crystal.</summary>
internal sealed record SpglibAnswer(
    SpaceGroup Group,
    string PointGroup,
    ImmutableArray<SiteSymmetry> Sites,
    Structure ConventionalCell
);

/// <summary>Asks spglib for the symmetry of a crystal and copies the answer out of its memory.</summary>
internal static unsafe class SpglibSearch
{
    private const int MostOperations = 192;
    private const int SiteSymmetryLength = 7;
    private const string WyckoffAlphabet = "abcdefghijklmnopqrstuvwxyzA"; // Pmmm has 27 positions

    /// <summary>The symmetry of a crystal; null where spglib finds none.</summary>
    public static SpglibAnswer? Find(Structure structure, double symprecAngstrom)
    {
        if (!SpglibInstallation.Current.IsAvailable)
        {
            throw new InvalidOperationException($"spglib: {SpglibInstallation.Current.Problem}.");
        }

        double[] lattice = Columns(structure.Lattice);
        double[] positions =
        [
            .. structure.Sites.SelectMany(site => new[] { site.Position.X, site.Position.Y, site.Position.Z }),
        ];
        int[] types = [.. structure.Sites.Select(site => site.Element.AtomicNumber)];
        fixed (
            double* latticeAt = lattice,
                positionsAt = positions
        )
        fixed (int* typesAt = types)
        {
            SpglibDataset* found = SpglibFunctions.GetDataset(
                latticeAt,
                positionsAt,
                typesAt,
                types.Length,
                symprecAngstrom
            );
            if (found is null)
            {
                return null;
            }

            try
            {
                return Read(structure, found);
            }
            finally
            {
                SpglibFunctions.FreeDataset(found);
            }
        }
    }

    private static SpglibAnswer Read(Structure structure, SpglibDataset* found)
    {
        SiteSymmetry[] sites = new SiteSymmetry[structure.AtomCount];
        ReadOnlySpan<int> primitive = new(found->MappingToPrimitive, structure.AtomCount);
        ReadOnlySpan<int> standard = new(found->StandardMappingToPrimitive, found->StandardAtomCount);
        ReadOnlySpan<int> orbits = new(found->CrystallographicOrbits, structure.AtomCount);
        for (int atom = 0; atom < sites.Length; atom++)
        {
            int multiplicity = 0;
            foreach (int image in standard)
            {
                multiplicity += orbits[primitive.IndexOf(image)] == orbits[atom] ? 1 : 0;
            }

            sites[atom] = new(
                multiplicity,
                WyckoffAlphabet[found->WyckoffLetters[atom]],
                Text(found->SiteSymmetrySymbols + (atom * SiteSymmetryLength)),
                orbits[atom]
            );
        }

        return new(
            new SpaceGroup(found->SpaceGroupNumber, Text(found->InternationalSymbol)),
            Text(found->PointGroupSymbol),
            [.. sites],
            Conventional(found)
        );
    }

    private static Structure Conventional(SpglibDataset* found)
    {
        double* columns = found->StandardLattice;
        Cartesian Vector(int at) => new(columns[at], columns[3 + at], columns[6 + at]);
        List<Site> sites = [];
        for (int atom = 0; atom < found->StandardAtomCount; atom++)
        {
            double* at = found->StandardPositions + (3 * atom);
            sites.Add(new(new Element(found->StandardTypes[atom]), new Fractional(at[0], at[1], at[2]).Wrap()));
        }

        return new Structure(new Lattice(Vector(0), Vector(1), Vector(2)), sites);
    }

    /// <summary>Every operation of a space group's setting, centring included.</summary>
    internal static ImmutableArray<SymmetryOperation> Operations(int hallNumber)
    {
        int* rotations = stackalloc int[MostOperations * 9];
        double* translations = stackalloc double[MostOperations * 3];
        int count = SpglibFunctions.GetSymmetryFromDatabase(rotations, translations, hallNumber);
        SymmetryOperation[] operations = new SymmetryOperation[count];
        for (int at = 0; at < count; at++)
        {
            int* r = rotations + (9 * at);
            double* t = translations + (3 * at);
            operations[at] = new(new(r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8]), new(t[0], t[1], t[2]));
        }

        return [.. operations];
    }

    private static double[] Columns(Lattice lattice) =>
        [
            lattice.A.X,
            lattice.B.X,
            lattice.C.X,
            lattice.A.Y,
            lattice.B.Y,
            lattice.C.Y,
            lattice.A.Z,
            lattice.B.Z,
            lattice.C.Z,
        ];

    private static string Text(byte* characters) => (Marshal.PtrToStringUTF8((nint)characters) ?? "").Trim();
}
