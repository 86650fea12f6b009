using Kagome.Crystals.Neighbors;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;

namespace Kagome.Tests.Relaxation;

/// <summary>Driven by energies made up here, so that each way to end is reached on purpose.</summary>
public sealed class RelaxingCrystalTests
{
    private static readonly int Size = CrystalPoint.Of(TestCrystals.CaesiumChloride).Length;

    /// <summary>Falls with the length of the first lattice vector, steeply: the cell is pulled together for ever.</summary>
    [Fact]
    public void Crystal_that_is_pulled_together_ends_at_the_guard_above_its_bounds()
    {
        RelaxedCrystal relaxed = Run(
            new RelaxationOptions { Iterations = 1000 },
            point => (10 * point[6], Slope(6, 10))
        );
        Assert.Equal(RelaxationEnd.Guard, relaxed.End);
        double ratio = relaxed.Structure.Lattice.Volume / TestCrystals.CaesiumChloride.Lattice.Volume;
        Assert.InRange(ratio, 0.6, 0.7);
        Assert.True(relaxed.EnergyAfter < relaxed.EnergyBefore);
    }

    /// <summary>Falls as chlorine comes nearer to caesium, while the cell stays as it is.</summary>
    [Fact]
    public void Crystal_whose_atoms_are_pulled_together_ends_at_the_guard_above_its_bounds()
    {
        double[] slope = new double[Size];
        Array.Fill(slope, 10, startIndex: 3, count: 3);
        RelaxedCrystal relaxed = Run(
            new RelaxationOptions { Iterations = 1000 },
            point => (10 * (point[3] + point[4] + point[5]), slope)
        );
        Assert.Equal(RelaxationEnd.Guard, relaxed.End);
        Assert.Equal(TestCrystals.CaesiumChloride.Lattice.Volume, relaxed.Structure.Lattice.Volume, 1e-9);
        double before = PeriodicDistances.Shortest(TestCrystals.CaesiumChloride);
        Assert.InRange(PeriodicDistances.Shortest(relaxed.Structure) / before, 0.7, 0.72);
    }

    [Fact]
    public void Crystal_in_a_bowl_converges_to_its_bottom()
    {
        RelaxedCrystal relaxed = Run(
            new RelaxationOptions { Iterations = 100 },
            point => (Math.Pow(point[6] - 4, 2), Slope(6, 2 * (point[6] - 4)))
        );
        Assert.Equal(RelaxationEnd.Converged, relaxed.End);
        Assert.Equal(4, relaxed.Structure.Lattice.A.X, 1e-3);
    }

    [Fact]
    public void Crystal_that_is_stopped_early_ends_at_the_limit()
    {
        RelaxedCrystal relaxed = Run(
            new RelaxationOptions { Iterations = 2, LargestStepAngstrom = 0.01 },
            point => (Math.Pow(point[6] - 4, 2), Slope(6, 2 * (point[6] - 4)))
        );
        Assert.Equal(RelaxationEnd.IterationLimit, relaxed.End);
        Assert.Equal(2, relaxed.Iterations);
    }

    [Fact]
    public void Crystal_whose_slope_lies_ends_where_no_step_lowers_the_energy()
    {
        RelaxedCrystal relaxed = Run(
            new RelaxationOptions(),
            point => (Math.Abs(point[6] - 4.123), Slope(6, 1)) // already at the bottom
        );
        Assert.Equal(RelaxationEnd.NoLowerEnergy, relaxed.End);
        Assert.Equal(0, relaxed.Iterations);
        Assert.Same(TestCrystals.CaesiumChloride, relaxed.Structure);
    }

    [Fact]
    public void Crystal_whose_energy_rises_without_line_search_diverges_to_the_original()
    {
        RelaxedCrystal relaxed = Run(RelaxationOptions.Unguarded, point => (Math.Abs(point[6] - 4.123), Slope(6, 1)));
        Assert.Equal(RelaxationEnd.Diverged, relaxed.End);
        Assert.Same(TestCrystals.CaesiumChloride, relaxed.Structure);
        Assert.Equal(relaxed.EnergyBefore, relaxed.EnergyAfter);
    }

    [Fact]
    public void Crystal_without_slope_converges_at_once()
    {
        RelaxedCrystal relaxed = Run(new RelaxationOptions(), _ => (1, new double[Size]));
        Assert.Equal(RelaxationEnd.Converged, relaxed.End);
        Assert.Equal(0, relaxed.Iterations);
    }

    private static double[] Slope(int entry, double value)
    {
        double[] slope = new double[Size];
        slope[entry] = value;
        return slope;
    }

    /// <summary>Falls as the cell is sheared and chlorine leaves its centre: freely it becomes triclinic.</summary>
    [Fact]
    public void Crystal_that_keeps_its_symmetry_is_cubic_after_each_step_wherever_the_slope_points()
    {
        double[] slope = [.. Enumerable.Range(0, Size).Select(at => Math.Sin(at + 1))];
        RelaxationOptions options = new() { Iterations = 5, GuardsCollapse = false };
        (double, double[]) Energy(double[] point) => (LbfgsMemory.Dot(slope, point), slope);
        int free = new SymmetryFinder(1e-6).Find(Run(options, Energy).Structure)!.Group.Number;
        Assert.True(free < 195);
        Structure kept = Run(
            options with
            {
                KeepsSymmetry = true,
            },
            point =>
            {
                Assert.Equal(
                    221,
                    new SymmetryFinder(1e-6)
                        .Find(CrystalPoint.ToStructure(TestCrystals.CaesiumChloride, point))!
                        .Group.Number
                );
                return Energy(point);
            }
        ).Structure;
        Assert.NotEqual(TestCrystals.CaesiumChloride.Lattice.Volume, kept.Lattice.Volume, 1e-3);
    }

    private static RelaxedCrystal Run(RelaxationOptions settings, Func<double[], (double, double[])> energy)
    {
        RelaxingCrystal crystal = new(TestCrystals.CaesiumChloride, settings);
        while (crystal.IsActive)
        {
            (double value, double[] slope) = energy(crystal.Trial);
            crystal.Take(value, slope);
        }

        return crystal.Result();
    }
}
