using System.Collections.Immutable;
using Kagome.Crystals.Compositions;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;
using Kagome.Networks;
using Kagome.Networks.Batches;
using Kagome.Processes;
using Kagome.Processes.Diffusion;
using Kagome.Processes.Flow;
using Kagome.Processes.Invariants;
using Kagome.Processes.Noise;
using Kagome.Processes.Sampling;
using Kagome.Processes.Schedules;
using Kagome.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Tests.Generation;

/// <summary>Whatever the denoiser says, what comes out has the space group that was asked for.</summary>
public sealed class SymmetricSamplingTests
{
    private const int LevelCount = 20;
    private const int MoveCount = 6;
    private const double TightSymprecAngstrom = 1e-4;
    private const double SingleSymprecAngstrom = 1e-2;
    private const double SameLength = 1e-5;

    private static readonly DiffusionProcess Process = new(
        NoiseSchedules.Compute(new DiffusionConfiguration { StepCount = LevelCount })
    );

    private static readonly FlowProcess Flow = new(new FlowConfiguration { StepCount = LevelCount });

    private static CancellationToken TestCancellation => TestContext.Current.CancellationToken;

    /// <summary>Two elements at general positions, in a Niggli cell of the group, all groups of a row in one batch.</summary>
    [Theory]
    [InlineData(1, 46)]
    [InlineData(47, 74)]
    [InlineData(75, 122)]
    [InlineData(123, 142)]
    [InlineData(143, 167)]
    [InlineData(168, 194)]
    [InlineData(195, 214)]
    [InlineData(215, 230)]
    public void Sample_with_any_denoiser_gives_crystals_of_the_group(int first, int last)
    {
        CheckGroups(first, last, new PredictorCorrector(Process) { MoveCount = MoveCount }, AnyDenoiser);
        CheckGroups(first, last, new FlowSampler(Flow) { MoveCount = MoveCount, Annealing = 4 }, _ => AnyVelocity);
    }

    private static void CheckGroups(int first, int last, ISampler sampler, Func<WyckoffAssignment[], Denoiser> denoiser)
    {
        using DisposeScope scope = NewDisposeScope();
        WyckoffAssignment[] assignments = [.. Enumerable.Range(first, last - first + 1).Select(General)];
        int[] counts = [.. assignments.Select(assignment => assignment.AtomCount)];
        using StateInvariants invariants = new(
            [.. assignments.Select(AssignmentInvariants.Of)],
            counts,
            ScalarType.Float64
        );
        using MemberNoise noise = new(assignments.Select((_, at) => (long)at), ScalarType.Float64, points: counts);
        ProcessState sampled = sampler
            .KeptIn(invariants)
            .Sample(
                denoiser(assignments),
                assignments.Length,
                [counts.Sum(), 3],
                new CrystalLayout(counts).CrystalOfAtoms(CPU),
                noise,
                cancellation: TestCancellation
            );
        double[] coordinates = [.. sampled.Coordinates.flatten().data<double>()];
        double[] lattices = [.. sampled.Lattices.flatten().data<double>()];
        int start = 0;
        for (int at = 0; at < assignments.Length; at++)
        {
            Structure crystal = Crystal(assignments[at], lattices[(9 * at)..], coordinates[(3 * start)..]);
            Assert.Equal(assignments[at].Setting.Group, new SymmetryFinder(TightSymprecAngstrom).Find(crystal)?.Group);
            start += counts[at];
        }
    }

    [Fact]
    public void Generate_with_an_untrained_network_keeps_the_group_and_free_cells_as_they_are()
    {
        using Crysformer network = RandomNetwork.Create(RandomNetwork.SmallConfiguration, ScalarType.Float32);
        using FoldedCrysformer folded = network.Fold();
        CrystalGenerator generator = new(folded, new PredictorCorrector(Process) { MoveCount = MoveCount });
        SeededCell free = new(FormulaParser.Parse("BaTiO3"), 3);
        SeededCell perovskite = Likeliest(221, "BaTiO3", 4);
        SeededCell[] cells = [free, perovskite, Likeliest(62, "Na4Cl8", 5)];
        Structure[] found = Structures(generator.Generate(cells, cancellation: TestCancellation));
        LatticeParameters cubic = found[1].Lattice.Parameters;
        Assert.Equal(cubic.A, cubic.B, SameLength * cubic.A);
        Assert.Equal(cubic.A, cubic.C, SameLength * cubic.A);
        Assert.Equal(221, Group(found[1]));
        Assert.Equal(62, Group(found[2]));
        Structure[] again = Structures(generator.Generate(cells, cancellation: TestCancellation));
        Assert.Equal(found.SelectMany(crystal => crystal.Sites), again.SelectMany(crystal => crystal.Sites));
        Structure[] alone = Structures(generator.Generate([free], cancellation: TestCancellation));
        Structure[] beside = Structures(
            generator.Generate([free with { Assignment = null }], cancellation: TestCancellation)
        );
        Assert.Equal(alone[0].Sites, beside[0].Sites);
        NoTensorLeaks.During(() => generator.Generate(cells, cancellation: TestCancellation));
    }

    private static int? Group(Structure crystal)
    {
        Structure scaled = new(crystal.Lattice.ScaleToVolume(20 * crystal.AtomCount), crystal.Sites);
        return new SymmetryFinder(SingleSymprecAngstrom).Find(scaled)?.Group.Number;
    }

    private static Structure[] Structures(IReadOnlyList<GeneratedCrystal> crystals) =>
        [.. crystals.Select(crystal => crystal.Structure!)];

    private static SeededCell Likeliest(int group, string cell, long seed)
    {
        Composition composition = FormulaParser.Parse(cell);
        WyckoffSearch search = new(PrimitiveSetting.Of(group), composition);
        return new SeededCell(composition, seed, search.BestFirst().First().Assignment);
    }

    private static WyckoffAssignment General(int group)
    {
        PrimitiveSetting setting = PrimitiveSetting.Of(group);
        PrimitiveSetting reduced = setting.In(setting.DrawNiggliBasis(new Random(group)));
        return new WyckoffAssignment(
            reduced,
            [new(Element.FromSymbol("Na"), reduced.Orbits[^1]), new(Element.FromSymbol("Cl"), reduced.Orbits[^1])]
        );
    }

    /// <summary>Smooth, and without symmetry; draws lattices to about 5 Å for each general position.</summary>
    private static Denoiser AnyDenoiser(WyckoffAssignment[] assignments)
    {
        double[] targets =
        [
            .. assignments.SelectMany(assignment =>
            {
                ImmutableArray<IntegerMatrix3> rotations =
                [
                    .. assignment.Setting.Operations.Select(operation => operation.Rotation),
                ];
                Lattice kept = LatticeInvariants
                    .Nearest(rotations, Lattice.Cubic(1))
                    .ScaleToVolume(100 * assignment.AtomCount);
                return new[] { kept.A, kept.B, kept.C }.SelectMany(row => new[] { row.X, row.Y, row.Z });
            }),
        ];
        Tensor target = tensor(targets).view(-1, 3, 3);
        Tensor lattices = target + (0.1 * target.flip(2)) + (0.3 * arange(9, ScalarType.Float64).sin().view(1, 3, 3));
        Tensor alphas = tensor([.. Process.Schedules.LatticeAlphaProducts], dtype: ScalarType.Float64);
        return (state, times) =>
        {
            Tensor alpha = alphas.index_select(0, times).view(-1, 1, 1);
            Tensor noise = (state.Lattices - (alpha.sqrt() * lattices)) / (1 - alpha).sqrt();
            Tensor phases = arange(state.Coordinates.numel(), ScalarType.Float64).view(-1, 3);
            return new DenoiserOutput(((6.28 * state.Coordinates) + phases).sin(), noise);
        };
    }

    /// <summary>Smooth, and without symmetry.</summary>
    private static DenoiserOutput AnyVelocity(ProcessState state, Tensor times)
    {
        Tensor phases = arange(state.Coordinates.numel(), ScalarType.Float64).view(-1, 3);
        Tensor factors = arange(9, ScalarType.Float64).sin().view(1, 3, 3);
        return new DenoiserOutput(((6.28 * state.Coordinates) + phases).sin(), factors.matmul(state.Lattices));
    }

    private static Structure Crystal(WyckoffAssignment assignment, double[] lattice, double[] coordinates)
    {
        Element[] atoms =
        [
            .. assignment.Orbits.SelectMany(occupied =>
                Enumerable.Repeat(occupied.Element, occupied.Orbit.Multiplicity)
            ),
        ];
        return GeneratedCrystal
            .From(
                new(lattice[0], lattice[1], lattice[2]),
                new(lattice[3], lattice[4], lattice[5]),
                new(lattice[6], lattice[7], lattice[8]),
                () =>
                    atoms.Select(
                        (atom, at) =>
                            new Site(
                                atom,
                                new Fractional(
                                    coordinates[3 * at],
                                    coordinates[(3 * at) + 1],
                                    coordinates[(3 * at) + 2]
                                )
                            )
                    )
            )
            .Structure!;
    }
}
