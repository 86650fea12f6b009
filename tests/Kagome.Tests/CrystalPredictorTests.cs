using Kagome.Crystals.Compositions;
using Kagome.Crystals.Structures;
using Kagome.Diagnosis;
using Kagome.Testing;
using TorchSharp;

namespace Kagome.Tests;

/// <summary>Alone, since tensors of all threads are counted.</summary>
[CollectionDefinition(nameof(CountsAllTensors), DisableParallelization = true)]
public sealed class CountsAllTensors;

[Collection(nameof(CountsAllTensors))]
public sealed partial class CrystalPredictorTests(TinyModels models) : IClassFixture<TinyModels>, IDisposable
{
    private static readonly PredictionOptions Quick = new()
    {
        Candidates = CandidateSources.Generated,
        Samples = 5,
        Sampler = new SamplerOptions { Steps = 4, Temperature = 0.5 },
    };

    private readonly CrystalPredictor predictor = models.Predictor();

    private static CancellationToken TestCancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PredictAsync_ranks_all_samples_and_says_where_they_come_from()
    {
        Prediction prediction = await Predict("NaCl");
        Assert.Equal(5, prediction.Candidates.Count + prediction.Failures.Count);
        Assert.Equal(Enumerable.Range(1, prediction.Candidates.Count), prediction.Candidates.Select(c => c.Rank));
        Assert.All(prediction.Candidates, c => Assert.Equal("NaCl", c.Structure.Composition.ReducedFormula));
        Assert.All(prediction.Candidates.Where(c => c.IsValid), c => Assert.NotNull(c.EnergyAboveHull));
        Assert.Equal(prediction.Candidates.DistinctBy(c => c.Crystal), prediction.Crystals);
        Assert.Equal((predictor.Checksum, 1L), (prediction.Origin.ModelSha256, prediction.Origin.Seed));
        Assert.Equal($"kagome {Installation.Version}", prediction.Origin.Program);
    }

    [Fact]
    public async Task PredictAsync_same_seed_gives_the_same_structures_on_any_number_of_threads()
    {
        using CrystalPredictor single = models.Predictor(threads: 1);
        Prediction expected = await Predict("SrTiO3");
        Prediction actual = await single.PredictAsync("SrTiO3", Quick, cancellation: TestCancellation);
        Assert.Equal(Numbers(expected), Numbers(actual));
        Assert.NotEqual(Numbers(expected), Numbers(await Predict("SrTiO3", Quick with { Seed = 2 })));
    }

    [Fact]
    public async Task PredictAsync_more_samples_of_a_cell_leave_the_first_ones_as_they_were()
    {
        // neither other samples nor other formulas change a sample: its seed is its own
        PredictionOptions two = Quick with
        {
            Samples = 2,
            FormulaUnits = [1],
        };
        double[] few = Volumes(await Predict("MgO", two));
        double[] many = Volumes(await Predict("MgO", two with { Samples = 6 }));
        Assert.All(few, volume => Assert.Contains(many, other => Math.Abs(other - volume) < 1e-3 * volume));
        Assert.Equal(many.Length, many.Distinct().Count()); // each sample has a seed of its own
    }

    [Fact]
    public void Plan_cuts_the_samples_into_units_that_hold_each_once()
    {
        PredictionPlan plan = predictor.Plan("SrTiO3", Quick with { Samples = 50 }, cancellation: TestCancellation);
        Assert.Equal(50, plan.Cells.Sum(cell => cell.Samples));
        Assert.Equal(50, plan.Units.Sum(unit => unit.Samples.Count));
        Assert.Equal(50, plan.Units.SelectMany(unit => unit.Samples).DistinctBy(sample => sample.Seed).Count());
        Assert.Equal(plan.Units.Sum(unit => unit.AtomCount) * 4, plan.Work);
        Assert.Equal(Enumerable.Range(0, plan.Units.Count), plan.Units.Select(unit => unit.Number));
    }

    [Theory]
    [InlineData("Na4Cl4", 4)]
    [InlineData("NaCl", 3, 3)]
    public void Plan_takes_the_cells_that_were_asked_for(string formula, int expected, params int[] units) =>
        Assert.Equal(
            [expected],
            predictor
                .Plan(formula, Quick with { FormulaUnits = units }, cancellation: TestCancellation)
                .Cells.Select(cell => cell.FormulaUnits)
        );

    [Fact]
    public void Plan_of_what_the_generator_never_saw_is_cautious()
    {
        IReadOnlyList<string> Concerns(string formula, PredictionOptions options) =>
            predictor.Plan(formula, options, TestCancellation).Concerns;
        Assert.Contains("never saw Cs", Assert.Single(Concerns("CsF", Quick)), StringComparison.Ordinal);
        string large = Assert.Single(Concerns("NaCl", Quick with { FormulaUnits = [5] }));
        Assert.Contains("10 atoms is larger than the 8", large, StringComparison.Ordinal);
        Assert.Empty(Concerns("NaCl", Quick with { FormulaUnits = [4] }));
    }

    [Fact]
    public async Task PredictManyAsync_gives_each_formula_as_alone_in_their_order()
    {
        List<Prediction> all = [];
        await foreach (
            Prediction prediction in predictor.PredictManyAsync(["MgO", "NaCl"], Quick, cancellation: TestCancellation)
        )
        {
            all.Add(prediction);
        }

        Assert.Equal(["MgO", "NaCl"], all.Select(prediction => prediction.Formula));
        Assert.Equal(Numbers(await Predict("NaCl")), Numbers(all[1]));
    }

    [Fact]
    public async Task PredictAsync_relaxed_states_energies_before_and_after()
    {
        Prediction relaxed = await Predict("NaCl", Quick with { Relaxation = new RelaxationOptions() });
        Candidate[] moved = [.. relaxed.Candidates.Where(c => c.RelaxationEnd is RelaxationEnd.IterationLimit)];
        Assert.NotEmpty(moved);
        Assert.All(moved, c => Assert.True(c.EnergyAboveHull <= c.EnergyBeforeRelaxation + 1e-6));
        Assert.NotEqual(Volumes(await Predict("NaCl")).Order(), Volumes(relaxed).Order());
        foreach (Candidate candidate in moved)
        {
            double? energy = await predictor.Energies!.PredictAsync(candidate.Structure, TestCancellation);
            Assert.Equal(energy!.Value, candidate.EnergyAboveHull!.Value, 1e-5);
            Assert.NotEqual(candidate.EnergyBeforeRelaxation!.Value, candidate.EnergyAboveHull.Value, 1e-5);
        }
    }

    [Fact]
    public async Task PredictAsync_guided_by_either_weight_gives_other_structures()
    {
        double[] plain = Numbers(await Predict("NaCl"));
        double[] coordinates = Numbers(await Predict("NaCl", Quick with { CoordinateGuidance = 50 }));
        double[] lattices = Numbers(await Predict("NaCl", Quick with { LatticeGuidance = 50 }));
        Assert.NotEqual(plain, coordinates);
        Assert.NotEqual(plain, lattices);
        Assert.NotEqual(coordinates, lattices);
    }

    /// <summary>Moving the only atom of a cell changes no energy.</summary>
    [Fact]
    public async Task PredictAsync_guided_of_one_atom_changes_by_the_weight_of_lattices_alone()
    {
        PredictionOptions atom = Quick with { FormulaUnits = [1] };
        double[] plain = [.. Volumes(await Predict("Cu", atom)).Order()];
        double[] coordinates = [.. Volumes(await Predict("Cu", atom with { CoordinateGuidance = 50 })).Order()];
        double[] lattices = [.. Volumes(await Predict("Cu", atom with { LatticeGuidance = 50 })).Order()];
        Assert.All(plain.Zip(coordinates), pair => Assert.Equal(pair.First, pair.Second, 1e-3 * pair.First));
        Assert.NotEqual(plain.Average(), lattices.Average(), 1e-2 * plain.Average());
    }

    [Fact]
    public async Task PredictAsync_at_another_temperature_gives_other_structures() =>
        Assert.NotEqual(
            Numbers(await Predict("NaCl")),
            Numbers(await Predict("NaCl", Quick with { Sampler = Quick.Sampler with { Temperature = 1 } }))
        );

    [Fact]
    public async Task PredictAsync_with_trajectory_keeps_how_each_candidate_came_to_be()
    {
        Assert.All((await Predict("NaCl")).Candidates, candidate => Assert.Empty(candidate.Trajectory));
        Prediction traced = await Predict("NaCl", Quick with { KeepsTrajectory = true });
        Assert.All(
            traced.Candidates,
            candidate => Assert.Equal(candidate.Structure.Lattice.Volume, candidate.Trajectory[^1].Lattice.Volume, 1e-9)
        );
    }

    [Fact]
    public async Task Structure_of_a_candidate_is_written_in_one_line()
    {
        using TemporaryFolder folder = new();
        Prediction prediction = await Predict("NaCl");
        prediction.Candidates[0].Structure.Write(folder["NaCl.cif"]);
        Structure read = StructureFiles.Read(folder["NaCl.cif"]);
        Assert.Equal(prediction.Candidates[0].Structure.Composition, read.Composition);
        Assert.Throws<StructureFormatException>(() => read.Write(folder["NaCl.unknown"]));
    }

    [Fact]
    public async Task Load_without_a_predictor_ranks_by_how_often_a_crystal_is_found()
    {
        using CrystalPredictor plain = CrystalPredictor.Load(models.Options with { Predictor = ModelOptions.None });
        Prediction prediction = await plain.PredictAsync("NaCl", Quick, cancellation: TestCancellation);
        Assert.Null(plain.Energies);
        Assert.All(prediction.Candidates, candidate => Assert.Null(candidate.EnergyAboveHull));
        InputException exception = Assert.Throws<InputException>(() =>
            plain.Plan("NaCl", Quick with { CoordinateGuidance = 1 }, cancellation: TestCancellation)
        );
        Assert.Contains(nameof(ModelOptions.Predictor), exception.Options);
    }

    [Fact]
    public void Plan_guided_by_a_predictor_of_other_noise_is_refused()
    {
        using CrystalPredictor other = CrystalPredictor.Load(models.Options with { Predictor = "other-noise" });
        Assert.Throws<InputException>(() =>
            other.Plan("NaCl", Quick with { LatticeGuidance = 1 }, cancellation: TestCancellation)
        );
        Assert.NotEmpty(other.Plan("NaCl", Quick, cancellation: TestCancellation).Units);
    }

    public static TheoryData<string, PredictionOptions> Impossible { get; } =
        new()
        {
            {
                nameof(PredictionOptions.Samples),
                new() { Samples = 0 }
            },
            {
                nameof(PredictionOptions.LargestAtomCount),
                new() { LargestAtomCount = -1 }
            },
            {
                nameof(PredictionOptions.FormulaUnits),
                new() { FormulaUnits = [1, 0] }
            },
            {
                nameof(PredictionOptions.AtomCount),
                new() { AtomCount = 0 }
            },
            {
                nameof(PredictionOptions.Symprec),
                new() { Symprec = double.NaN }
            },
            {
                nameof(PredictionOptions.CoordinateGuidance),
                new() { CoordinateGuidance = -1 }
            },
            {
                nameof(PredictionOptions.LatticeGuidance),
                new() { LatticeGuidance = double.PositiveInfinity }
            },
            {
                nameof(SamplerOptions.Steps),
                new() { Sampler = new SamplerOptions { Steps = 21 } }
            },
            {
                nameof(SamplerOptions.Steps),
                new() { Sampler = new SamplerOptions { Steps = 0 } }
            },
            {
                nameof(SamplerOptions.CorrectorInterval),
                new() { Sampler = new SamplerOptions { CorrectorInterval = -1 } }
            },
            {
                nameof(SamplerOptions.CorrectorStepSize),
                new() { Sampler = new SamplerOptions { CorrectorStepSize = 0 } }
            },
            {
                nameof(SamplerOptions.Temperature),
                new() { Sampler = new SamplerOptions { Temperature = 0 } }
            },
            {
                nameof(SamplerOptions.Temperature),
                new() { Sampler = new SamplerOptions { Temperature = 1e9 } }
            },
            {
                nameof(SamplerOptions.Precision),
                new() { Sampler = new SamplerOptions { Precision = (Networks.Layers.ProductPrecision)9 } }
            },
            {
                nameof(RelaxationOptions.Iterations),
                new() { Relaxation = new RelaxationOptions { Iterations = 0 } }
            },
        };

    [Theory]
    [MemberData(nameof(Impossible))]
    public void Plan_with_an_option_out_of_range_names_it(string option, PredictionOptions options)
    {
        OptionException exception = Assert.Throws<OptionException>(() =>
            predictor.Plan("NaCl", options, cancellation: TestCancellation)
        );
        Assert.Equal(option, exception.Option);
        Assert.StartsWith($"{option} is ", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Xy")]
    [InlineData("")]
    [InlineData("Na(Cl")]
    public void Plan_of_no_formula_says_where_it_is_wrong(string formula) =>
        Assert.Equal(
            formula,
            Assert
                .Throws<FormulaException>(() => predictor.Plan(formula, Quick, cancellation: TestCancellation))
                .Formula
        );

    [Fact]
    public void Plan_of_a_formula_without_a_cell_names_the_limit()
    {
        InputException exception = Assert.Throws<InputException>(() =>
            predictor.Plan("Ca3(PO4)2", Quick with { LargestAtomCount = 12 }, cancellation: TestCancellation)
        );
        Assert.Equal(12, exception.Value);
        Assert.Contains(nameof(PredictionOptions.LargestAtomCount), exception.Message, StringComparison.Ordinal);
        Assert.Throws<InputException>(() =>
            predictor.Plan("NaCl", Quick with { AtomCount = 3 }, cancellation: TestCancellation)
        );
        Assert.Throws<InputException>(() => predictor.Plan("LrO", Quick, cancellation: TestCancellation)); // beyond the element table
    }

    [Fact]
    public async Task Null_is_refused()
    {
        Assert.Throws<ArgumentNullException>(() => predictor.Plan(null!, cancellation: TestCancellation));
        Assert.Equal(
            nameof(PredictionOptions.Sampler),
            Assert
                .Throws<OptionException>(() =>
                    predictor.Plan("NaCl", new() { Sampler = null! }, cancellation: TestCancellation)
                )
                .Option
        );
        Assert.Equal(
            nameof(PredictionOptions.FormulaUnits),
            Assert
                .Throws<OptionException>(() =>
                    predictor.Plan("NaCl", new() { FormulaUnits = null! }, cancellation: TestCancellation)
                )
                .Option
        );
        await Assert.ThrowsAsync<ArgumentNullException>(() =>
            predictor.PredictAsync((PredictionPlan)null!, cancellation: TestCancellation)
        );
    }

    [Theory]
    [InlineData("nothere")]
    [InlineData("kagome-p")] // a predictor
    public void Load_model_that_cannot_generate_is_refused_with_its_name(string generator) =>
        Assert.Equal(
            generator,
            Assert
                .Throws<InputException>(() => CrystalPredictor.Load(models.Options with { Generator = generator }))
                .Value
        );

    [Fact]
    public void Load_from_a_folder_without_a_name_is_refused()
    {
        OptionException exception = Assert.Throws<OptionException>(() => CrystalPredictor.Load(new() { Folder = "" }));
        Assert.Equal("Folder is empty; expected a value, or null.", exception.Message);
        new ModelOptions { Folder = null }.Validate();
    }

    [Fact]
    public void Load_that_fails_half_way_leaves_no_tensors() =>
        NoTensorLeaks.During(() =>
        {
            Assert.Throws<InputException>(() => CrystalPredictor.Load(models.Options with { Predictor = "kagome-g" }));
            Assert.Throws<OptionException>(() => CrystalPredictor.Load(models.Options with { Threads = 0 }));
            Assert.Throws<OptionException>(() => CrystalPredictor.Load(models.Options with { Device = "abacus" }));
            Assert.Throws<OptionException>(() => EnergyPredictor.Load(models.Options with { Threads = -1 }));
        });

    [Fact]
    public void Dispose_frees_all_tensors() =>
        NoTensorLeaks.During(() =>
        {
            CrystalPredictor other = models.Predictor();
            other.Dispose();
            other.Dispose();
        });

    public void Dispose() => predictor.Dispose();

    private Task<Prediction> Predict(string formula, PredictionOptions? options = null) =>
        predictor.PredictAsync(formula, options ?? Quick, cancellation: TestCancellation);

    /// <summary>Tensors of all threads; those that nobody disposed of and nobody reaches are gone before, and count after.</summary>
    private static long LiveTensors(bool collects = true)
    {
        if (collects)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
        }

        return torch.Tensor.TotalCount;
    }

    /// <summary>All numbers of all candidates.</summary>
    private static double[] Numbers(Prediction prediction) =>
        [
            .. prediction.Candidates.SelectMany(candidate =>
                candidate
                    .Structure.Sites.SelectMany(site => new[] { site.Position.X, site.Position.Y, site.Position.Z })
                    .Append(candidate.Structure.Lattice.Volume)
            ),
        ];

    private static double[] Volumes(Prediction prediction) =>
        [.. prediction.Candidates.Select(candidate => candidate.Structure.Lattice.Volume)];
}
