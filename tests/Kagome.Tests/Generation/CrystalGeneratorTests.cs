using Kagome.Crystals.Compositions;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Structures;
using Kagome.Networks;
using Kagome.Processes.Diffusion;
using Kagome.Processes.Schedules;
using Kagome.Testing;
using static TorchSharp.torch;

namespace Kagome.Tests.Generation;

/// <summary>An untrained network makes no good crystals, but always the same ones.</summary>
public sealed class CrystalGeneratorTests : IDisposable
{
    private const int LevelCount = 20;
    private const int MoveCount = 6;
    private const int StructureCount = 3;
    private const long Seed = 42;
    private const double DoubleRoundingTolerance = 1e-8; // amplified by a random network

    private static readonly Composition StrontiumTitanate = new([
        KeyValuePair.Create(Element.FromSymbol("Ti"), 1),
        KeyValuePair.Create(Element.FromSymbol("O"), 3),
        KeyValuePair.Create(Element.FromSymbol("Sr"), 1),
    ]);

    private static readonly DiffusionProcess Process = new(
        NoiseSchedules.Compute(new DiffusionConfiguration { StepCount = LevelCount })
    );

    private readonly Crysformer network = RandomNetwork.Create(RandomNetwork.SmallConfiguration, ScalarType.Float32);
    private readonly FoldedCrysformer folded;

    public CrystalGeneratorTests() => folded = network.Fold();

    private static CancellationToken TestCancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Generate_same_seed_gives_identical_structures()
    {
        Structure[] first = Generate(Seed);
        Structure[] second = Generate(Seed);
        Assert.Equal(first.Select(structure => structure.Lattice), second.Select(structure => structure.Lattice));
        Assert.Equal(first.SelectMany(structure => structure.Sites), second.SelectMany(structure => structure.Sites));
    }

    [Fact]
    public void Generate_other_seed_gives_other_structures() =>
        Assert.Empty(
            Generate(Seed)
                .Select(structure => structure.Lattice)
                .Intersect(Generate(Seed + 1).Select(structure => structure.Lattice))
        );

    [Fact]
    public void Generate_gives_as_many_different_structures_as_asked_for()
    {
        Structure[] structures = Generate(Seed);
        Assert.Equal(StructureCount, structures.Length);
        Assert.Equal(StructureCount, structures.Select(structure => structure.Lattice).Distinct().Count());
    }

    [Fact]
    public void Generate_puts_the_composition_into_each_cell_in_the_order_of_atomic_numbers()
    {
        string[] symbols = ["O", "O", "O", "Ti", "Sr"];
        Assert.All(
            Generate(Seed),
            structure =>
            {
                Assert.Equal(StrontiumTitanate, structure.Composition);
                Assert.Equal(symbols, structure.Sites.Select(site => site.Element.Symbol));
            }
        );
    }

    [Fact]
    public void Generate_gives_right_handed_cells_with_positions_in_them() =>
        Assert.All(
            Generate(Seed),
            structure =>
            {
                Assert.True(structure.Lattice.Determinant > 0);
                Assert.All(structure.Sites, site => Assert.Equal(site.Position.Wrap(), site.Position));
            }
        );

    [Fact]
    public void Generate_reports_every_move_once_with_all_structures_at_hand()
    {
        List<int> moves = [];
        List<int> structureCounts = [];
        Generator()
            .Generate(
                StrontiumTitanate,
                StructureCount,
                Seed,
                (move, structures) =>
                {
                    moves.Add(move);
                    structureCounts.Add(structures().Count);
                },
                TestCancellation
            );
        Assert.Equal(Enumerable.Range(1, MoveCount), moves);
        Assert.All(structureCounts, count => Assert.Equal(StructureCount, count));
    }

    [Fact]
    public void Generate_cancelled_stops_after_the_move()
    {
        using CancellationTokenSource cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestCancellation);
        int lastMove = 0;
        Assert.Throws<OperationCanceledException>(() =>
            Generator()
                .Generate(
                    StrontiumTitanate,
                    StructureCount,
                    Seed,
                    (move, _) =>
                    {
                        lastMove = move;
                        if (move == 3)
                        {
                            cancellation.Cancel();
                        }
                    },
                    cancellation.Token
                )
        );
        Assert.Equal(3, lastMove);
    }

    [Fact]
    public void Generate_leaves_no_tensors() => NoTensorLeaks.During(() => Generate(Seed));

    [Fact]
    public void Generate_of_several_cells_puts_each_composition_in_its_place()
    {
        IReadOnlyList<GeneratedCrystal> crystals = Generator()
            .Generate([Cell("BaTiO3", 1), Cell("NaCl4", 2)], cancellation: TestCancellation);
        Assert.Equal(["BaTiO3", "NaCl4"], crystals.Select(crystal => crystal.Structure!.Composition.Formula));
    }

    /// <summary>In double precision, where the rounding of large products leaves eight digits: of the cell and of every atom.</summary>
    [Fact]
    public void Generate_of_cells_of_different_sizes_gives_what_each_gives_alone()
    {
        using Crysformer exact = RandomNetwork.Create(RandomNetwork.SmallConfiguration);
        using FoldedCrysformer exactFolded = exact.Fold();
        CrystalGenerator generator = new(exactFolded, new PredictorCorrector(Process) { MoveCount = MoveCount });
        SeededCell[] cells = [Cell("NaCl4", 2), Cell("BaTiO3", 9), Cell("Cu", 3), Cell("BaTiO3", 8), Cell("MgO", 9)];
        GeneratedCrystal[] mixed = [.. generator.Generate(cells, cancellation: TestCancellation)];
        GeneratedCrystal[] alone =
        [
            .. cells.SelectMany(cell => generator.Generate([cell], cancellation: TestCancellation)),
        ];
        Assert.Equal(cells.Length, mixed.Length);
        foreach ((GeneratedCrystal expected, GeneratedCrystal actual) in alone.Zip(mixed))
        {
            Assert.Equal(expected.Structure!.Composition, actual.Structure!.Composition);
            Assert.All(
                Numbers(expected.Structure).Zip(Numbers(actual.Structure)),
                pair => Assert.Equal(pair.First, pair.Second, DoubleRoundingTolerance)
            );
        }

        Assert.Equal(cells.Length, mixed.Select(one => one.Structure!.Sites[0].Position).Distinct().Count());
    }

    [Fact]
    public void Generate_of_several_cells_leaves_no_tensors() =>
        NoTensorLeaks.During(() =>
            Generator().Generate([Cell("BaTiO3", 1), Cell("NaCl4", 2)], cancellation: TestCancellation)
        );

    public void Dispose()
    {
        folded.Dispose();
        network.Dispose();
    }

    private static SeededCell Cell(string formula, long seed)
    {
        Assert.True(FormulaParser.TryParse(formula, out Composition? composition, out _));
        return new SeededCell(composition!, seed);
    }

    /// <summary>All numbers of a structure.</summary>
    private static IEnumerable<double> Numbers(Structure structure) =>
        structure
            .Sites.SelectMany(site => new[] { site.Position.X, site.Position.Y, site.Position.Z })
            .Concat(
                new[] { structure.Lattice.A, structure.Lattice.B, structure.Lattice.C }.SelectMany(row =>
                    new[] { row.X, row.Y, row.Z }
                )
            );

    private CrystalGenerator Generator() => new(folded, new PredictorCorrector(Process) { MoveCount = MoveCount });

    private Structure[] Generate(long seed) =>
        [
            .. Generator()
                .Generate(StrontiumTitanate, StructureCount, seed, cancellation: TestCancellation)
                .Select(crystal => Assert.IsType<Structure>(crystal.Structure)),
        ];
}
