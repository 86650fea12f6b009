using System.Collections.Immutable;
using Kagome.Crystals.Lattices;

namespace Kagome.Crystals.Symmetry;

/// <summary>A space group in a primitive cell: its operations, the orbits of sites that they make, and the lattices that they keep.</summary>
/// <remarks>
/// The usual setting of the group, the first of <see cref="SpaceGroupSetting.OfNumber"/>, in the primitive cell that spglib, seekpath and
/// phonopy take, or, by <see cref="In"/>, in any other primitive cell. Safe to use from several threads.
/// </remarks>
public sealed class PrimitiveSetting
{
    private static readonly Lazy<PrimitiveSetting>[] Usual =
    [
        .. Enumerable
            .Range(1, SpaceGroupNumber.Largest)
            .Select(number => new Lazy<PrimitiveSetting>(() =>
            {
                SpaceGroup group = SpaceGroup.OfNumber(number);
                return new PrimitiveSetting(group, Symmetry.Centring.ConventionalOfPrimitive(group.Centring));
            })),
    ];

    private readonly IntegerMatrix3 conventionalOfPrimitive;
    private readonly Lazy<ImmutableArray<ImmutableArray<int>>> exchanges;

    /// <param name="group">Which.</param>
    /// <param name="conventionalOfPrimitive">Makes the rows of the conventional cell from those of the primitive one.</param>
    private PrimitiveSetting(SpaceGroup group, IntegerMatrix3 conventionalOfPrimitive)
    {
        this.conventionalOfPrimitive = conventionalOfPrimitive;
        Group = group;
        LatticePoints = conventionalOfPrimitive.Determinant;
        Operations = Distinct(
            SpaceGroupSetting
                .OfNumber(group.Number)[0]
                .Operations.Select(operation => InPrimitive(operation, conventionalOfPrimitive))
        );
        Orbits =
        [
            .. WyckoffPosition
                .Of(group.Number)
                .Select(position => new SiteOrbit(position, conventionalOfPrimitive, Operations)),
        ];
        Lattices = LatticeInvariants.Of([.. Operations.Select(operation => operation.Rotation)]);
        exchanges = new(() => OrbitExchanges.Of(this));
    }

    /// <summary>The space group whose operations these are.</summary>
    public SpaceGroup Group { get; }

    /// <summary>How many primitive cells fill the conventional one: 1, 2, 3 or 4.</summary>
    public int LatticePoints { get; }

    /// <summary>One operation for each of the point group, the identity first; shifts in [0, 1).</summary>
    public ImmutableArray<SymmetryOperation> Operations { get; }

    /// <summary>The Wyckoff positions in this cell, the most special (a) first.</summary>
    public ImmutableArray<SiteOrbit> Orbits { get; }

    /// <summary>The lattices that have the symmetry of the group.</summary>
    public LatticeInvariants Lattices { get; }

    /// <summary>See <see cref="OrbitExchanges"/>.</summary>
    internal ImmutableArray<ImmutableArray<int>> Exchanges => exchanges.Value;

    /// <summary>The usual setting of a space group in its primitive cell; made once.</summary>
    /// <param name="number">1 to 230.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is none of a space group.</exception>
    public static PrimitiveSetting Of(int number) =>
        SpaceGroupNumber.IsValid(number)
            ? Usual[number - 1].Value
            : throw new ArgumentOutOfRangeException(
                nameof(number),
                number,
                "Expected the number of a space group, 1 to 230."
            );

    /// <summary>The same group counted along other vectors of the same lattice: new rows = basis · rows of the cell at hand.</summary>
    /// <exception cref="ArgumentException">The determinant is not 1: the vectors span another lattice, or are left-handed.</exception>
    public PrimitiveSetting In(IntegerMatrix3 basis) =>
        basis == IntegerMatrix3.Identity ? this
        : basis.Determinant == 1 ? new PrimitiveSetting(Group, conventionalOfPrimitive.DividedBy(basis)!.Value)
        : throw new ArgumentException($"The basis has the determinant {basis.Determinant}; expected 1.", nameof(basis));

    /// <summary>The orbit of a letter.</summary>
    /// <exception cref="ArgumentException">The group has no such position.</exception>
    public SiteOrbit Orbit(char letter) =>
        Orbits.FirstOrDefault(orbit => orbit.Letter == letter)
        ?? throw new ArgumentException(
            $"{Group} has no Wyckoff position {letter}; expected {Orbits[0].Letter} to {Orbits[^1].Letter}.",
            nameof(letter)
        );

    /// <summary>Draws the vectors of a Niggli cell that crystals of this group may have, for <see cref="In"/>.</summary>
    /// <remarks>
    /// Which vectors are the shortest depends on the ratios of the axes, which are drawn here as known crystals have them; so a vector that is short in
    /// most of them is in most of the drawn bases.
    /// </remarks>
    public IntegerMatrix3 DrawNiggliBasis(Random random)
    {
        Lattice conventional = LatticeInvariants.Nearest(
            [
                .. SpaceGroupSetting
                    .OfNumber(Group.Number)[0]
                    .Operations.Select(operation => operation.Rotation)
                    .Distinct(),
            ],
            TypicalCell.Draw(Group, random)
        );
        Cartesian Row(double a, double b, double c) =>
            conventional.ToCartesian(new Fractional(a, b, c) / conventionalOfPrimitive);
        Lattice primitive = new(Row(1, 0, 0), Row(0, 1, 0), Row(0, 0, 1));
        return NiggliReduction.Reduce(primitive).Transform;
    }

    /// <summary>The group.</summary>
    public override string ToString() => $"{Group}";

    private static SymmetryOperation InPrimitive(SymmetryOperation operation, IntegerMatrix3 cell)
    {
        IntegerMatrix3 columns = cell.Transposed();
        return new SymmetryOperation(
            columns.TimesExactly(operation.Rotation)!.Value.DividedBy(columns)!.Value,
            SiteOrbit.Snap(operation.Translation * cell)
        );
    }

    /// <summary>The first operation of each rotation: the others differ by lattice vectors of the primitive cell.</summary>
    private static ImmutableArray<SymmetryOperation> Distinct(IEnumerable<SymmetryOperation> operations) =>
        [.. operations.DistinctBy(operation => operation.Rotation)];
}
