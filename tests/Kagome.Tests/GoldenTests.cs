using System.Text.Json;
using Kagome.Networks;
using Kagome.Processes;
using Kagome.Processes.Diffusion;
using Kagome.Processes.Losses;
using Kagome.Testing;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Tests;

/// <summary>Every value of Data/crysformer.json, relative to the largest entry of its array.</summary>
public sealed class GoldenTests : IDisposable
{
    private const double Float64Tolerance = 1e-6;
    private const double Float32Tolerance = 1e-4;
    private const double SmallestScale = 1e-8; // a single atom's gradient is 0 but for rounding

    private readonly GoldenValues golden = new();
    private readonly DisposeScope scope = NewDisposeScope();

    [Fact]
    public void Schedules_of_the_checkpoint_equal_the_golden_ones()
    {
        Assert.Equal(golden.Schedule("betas"), golden.Process.Schedules.LatticeBetas);
        Assert.Equal(golden.Schedule("alphas"), golden.Process.Schedules.LatticeAlphas);
        Assert.Equal(golden.Schedule("alphas_cumprod"), golden.Process.Schedules.LatticeAlphaProducts);
        Assert.Equal(golden.Schedule("lattice_sigmas"), golden.Process.Schedules.LatticeSigmas);
        Assert.Equal(golden.Schedule("sigmas"), golden.Process.Schedules.CoordinateSigmas);
        Assert.Equal(golden.Schedule("sigmas_norm"), golden.Process.Schedules.CoordinateScoreNorms);
    }

    [Fact]
    public void Evaluate_in_float64_equals_the_golden_outputs() =>
        AssertForward(network => OneSize.Of(network), ScalarType.Float64, Float64Tolerance, hasTypes: true);

    [Fact]
    public void Evaluate_literal_in_float64_equals_the_golden_outputs() =>
        AssertForward(
            network => new LiteralCrysformer(network).Evaluate,
            ScalarType.Float64,
            Float64Tolerance,
            hasTypes: false
        );

    [Fact]
    public void Evaluate_in_float32_equals_the_golden_outputs() =>
        AssertForward(network => OneSize.Of(network), ScalarType.Float32, Float32Tolerance, hasTypes: true);

    [Fact]
    public void Loss_with_given_noise_equals_the_golden_losses()
    {
        Crysformer network = golden.Network(ScalarType.Float64);
        foreach (JsonElement entry in golden.Entries("loss"))
        {
            (Tensor atomicNumbers, Tensor coordinates, Tensor lattices) = Crystal(entry);
            NoisyDraw draw = golden.Process.AddNoise(
                new ProcessState(coordinates, lattices),
                tensor(new[] { entry.GetProperty("t").GetInt64() }),
                Read(entry, "rand_lattice"),
                Read(entry, "rand_coords")
            );
            CrysformerOutput output = network.Evaluate(
                atomicNumbers,
                draw.State.Coordinates,
                draw.State.Lattices,
                draw.Times
            );
            TrainingLosses losses = DiffusionProcess.Loss(
                new DenoiserOutput(output.Coordinates, output.Lattices),
                draw
            );
            Tensor label = tensor(new[] { entry.GetProperty("energy_label").GetDouble() });
            AssertClose(Read(entry, "target_coords"), draw.CoordinateTarget, Float64Tolerance, "target");
            AssertClose(entry, "loss_lattice", losses.Lattice);
            AssertClose(entry, "loss_coord", losses.Coordinates);
            AssertClose(entry, "loss_energy_exp", EnergyLoss.Exponential(output.Energies!, label));
            AssertClose(entry, "loss_energy_plain", EnergyLoss.Plain(output.Energies!, label));
        }
    }

    [Fact]
    public void Sample_with_given_noise_equals_the_golden_structures()
    {
        Crysformer network = golden.Network(ScalarType.Float64);
        foreach (JsonElement entry in golden.Entries("sample"))
        {
            Tensor atomicNumbers = GoldenValues.AtomicNumbers(entry);
            double weight = entry.GetProperty("guidance_weight").GetDouble();
            PredictorCorrector sampler = new(golden.Process)
            {
                CorrectorStepSize = entry.GetProperty("step_lr").GetDouble(),
                Guidance = entry.GetProperty("energy_guidance").GetBoolean()
                    ? new EnergyGuidance(
                        (state, times) => OneSizeGradients.At(network, atomicNumbers, state, times),
                        weight,
                        weight
                    )
                    : null,
            };
            ProcessState sampled = sampler.Sample(
                (state, times) =>
                {
                    CrysformerOutput output = network.Evaluate(atomicNumbers, state.Coordinates, state.Lattices, times);
                    return new DenoiserOutput(output.Coordinates, output.Lattices);
                },
                batch: 1,
                atomicNumbers.shape[1],
                new RecordedNoise(Noise(entry.GetProperty("noise"))),
                cancellation: TestContext.Current.CancellationToken
            );
            string name = $"{entry.GetProperty("name")}, guided {entry.GetProperty("energy_guidance")}";
            AssertClose(Read(entry, "lattice"), sampled.Lattices, Float64Tolerance, name);
            AssertClose(Read(entry, "frac_coords"), sampled.Coordinates, Float64Tolerance, name);
        }
    }

    [Fact]
    public void EnergyGradients_of_clean_crystals_equal_the_golden_gradients()
    {
        Crysformer network = golden.Network(ScalarType.Float64);
        foreach (JsonElement entry in golden.Entries("energy_gradient"))
        {
            (Tensor atomicNumbers, Tensor coordinates, Tensor lattices) = Crystal(entry);
            ProcessState gradients = OneSizeGradients.At(
                network,
                atomicNumbers,
                new ProcessState(coordinates, lattices),
                zeros(1, dtype: ScalarType.Int64)
            );
            AssertClose(Read(entry, "grad_frac_coords"), gradients.Coordinates, Float64Tolerance, "coordinates");
            AssertClose(Read(entry, "grad_lattice"), gradients.Lattices, Float64Tolerance, "lattice");
        }
    }

    public void Dispose()
    {
        scope.Dispose();
        golden.Dispose();
    }

    private void AssertForward(
        Func<Crysformer, Func<Tensor, Tensor, Tensor, Tensor, CrysformerOutput>> evaluation,
        ScalarType type,
        double tolerance,
        bool hasTypes
    )
    {
        Func<Tensor, Tensor, Tensor, Tensor, CrysformerOutput> evaluate = evaluation(golden.Network(type));
        foreach (JsonElement entry in golden.Entries("forward"))
        {
            CrysformerOutput output = evaluate(
                GoldenValues.AtomicNumbers(entry),
                GoldenValues.Read(entry.GetProperty("frac_coords"), type),
                GoldenValues.Read(entry.GetProperty("lattice"), type),
                tensor(new[] { entry.GetProperty("t").GetInt64() })
            );
            string name = $"{entry.GetProperty("name")} at t = {entry.GetProperty("t")}";
            AssertClose(Read(entry, "lattice_out"), output.Lattices, tolerance, name);
            AssertClose(Read(entry, "coord_out"), output.Coordinates, tolerance, name);
            AssertClose(Read(entry, "graph_feature"), output.CrystalFeatures, tolerance, name);
            AssertClose(Read(entry, "scalar_out"), output.Energies!, tolerance, name);
            if (hasTypes)
            {
                AssertClose(Read(entry, "type_out_first_atom"), output.TypeLogits!.select(1, 0), tolerance, name);
            }
        }
    }

    private (Tensor AtomicNumbers, Tensor Coordinates, Tensor Lattices) Crystal(JsonElement entry) =>
        golden.Crystal(entry.GetProperty("name").GetString()!, ScalarType.Float64);

    /// <summary>In the order in which the sampler draws.</summary>
    private static IEnumerable<Tensor> Noise(JsonElement noise) =>
        noise
            .GetProperty("steps")
            .EnumerateArray()
            .SelectMany(step => new[] { Read(step, "corr_x"), Read(step, "pred_x"), Read(step, "pred_l") })
            .Prepend(Read(noise, "coords_T"))
            .Prepend(Read(noise, "lattice_T"));

    private static Tensor Read(JsonElement entry, string name) =>
        GoldenValues.Read(entry.GetProperty(name), ScalarType.Float64);

    private static void AssertClose(JsonElement entry, string name, Tensor actual) =>
        AssertClose(Read(entry, name), actual.reshape(1), Float64Tolerance, $"{entry.GetProperty("name")}, {name}");

    private static void AssertClose(Tensor expected, Tensor actual, double tolerance, string what)
    {
        Assert.Equal(expected.shape, actual.shape);
        double scale = expected.abs().max().item<double>();
        double difference = (expected - actual.to(ScalarType.Float64)).abs().max().item<double>();
        Assert.True(
            difference <= tolerance * Math.Max(scale, SmallestScale),
            $"{what}: differs by {difference} at scale {scale}"
        );
    }
}
