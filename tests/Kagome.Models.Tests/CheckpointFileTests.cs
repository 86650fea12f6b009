using Kagome.Networks;
using Kagome.Processes.Flow;
using Kagome.Testing;
using static TorchSharp.torch;

namespace Kagome.Models.Tests;

public sealed class CheckpointFileTests : IDisposable
{
    // half an ulp of a number with 8 or 11 significant bits
    private const double BFloat16Tolerance = 1.0 / 256;
    private const double HalfTolerance = 1.0 / 2048;

    private const double HalfOfSmallestHalf = 3e-8;

    private readonly TemporaryFolder folder = new();
    private readonly Checkpoint checkpoint = TestCheckpoints.Make();

    public void Dispose()
    {
        checkpoint.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Load_what_was_saved_gives_the_same_checkpoint()
    {
        string checksum = CheckpointFile.Save(folder["a"], checkpoint);
        using Checkpoint loaded = CheckpointFile.Load(folder["a"]);
        Assert.Equal(checkpoint.Network, loaded.Network);
        Assert.Equal(checkpoint.Process, loaded.Process);
        Assert.Equivalent(checkpoint.Schedules, loaded.Schedules, strict: true);
        Assert.Equal(checkpoint.LabelScaler, loaded.LabelScaler);
        Assert.Equivalent(checkpoint.Provenance, loaded.Provenance, strict: true);
        Assert.Equal(checksum, loaded.Checksum);
        AssertWeights(loaded, tolerance: 0);
    }

    [Fact]
    public void Load_of_a_flow_gives_the_same_flow_and_no_schedules()
    {
        FlowConfiguration flow = new() { StepCount = 30, VolumePerPoint = 20 };
        CheckpointFile.Save(folder["a"], new Checkpoint(checkpoint) { Process = flow, Schedules = null });
        using Checkpoint loaded = CheckpointFile.Load(folder["a"]);
        Assert.Equal(flow, loaded.Process);
        Assert.Null(loaded.Schedules);
        AssertWeights(loaded, tolerance: 0);
    }

    /// <summary>Programs that know no flows say of such a file that it is newer, and go on reading all others.</summary>
    [Fact]
    public void Save_gives_a_flow_a_version_of_its_own()
    {
        string Version(Checkpoint saved)
        {
            CheckpointFile.Save(folder["a"], saved);
            using SafetensorsFile file = SafetensorsFile.Read(folder["a"]);
            return file.Metadata["version"];
        }

        Assert.Equal("1", Version(checkpoint));
        Assert.Equal("2", Version(new Checkpoint(checkpoint) { Process = new FlowConfiguration(), Schedules = null }));
    }

    [Fact]
    public void Save_of_a_flow_with_noise_schedules_or_of_diffusion_without_is_refused()
    {
        Assert.Throws<ArgumentException>(() =>
            CheckpointFile.Save(folder["a"], new Checkpoint(checkpoint) { Process = new FlowConfiguration() })
        );
        Assert.Throws<ArgumentException>(() =>
            CheckpointFile.Save(folder["a"], new Checkpoint(checkpoint) { Schedules = null })
        );
        Assert.Empty(folder.FileNames);
    }

    [Theory]
    [InlineData("""{"step_count":0,"volume_per_point":18.6,"lattice_spread":0.3}""")]
    [InlineData("""{"step_count":10,"volume_per_point":-1,"lattice_spread":0.3}""")]
    [InlineData("""{"step_count":10,"volume_per_point":18.6,"lattice_spread":0}""")]
    [InlineData("""{"step_count":10,"colour":"red"}""")]
    public void Load_of_an_impossible_flow_is_refused(string flow)
    {
        Rewrite(metadata => metadata["flow"] = flow);
        Assert.Contains(
            "flow",
            Assert.Throws<CheckpointException>(() => CheckpointFile.Load(folder["a"])).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Save_leaves_the_model_and_no_other_file()
    {
        CheckpointFile.Save(folder["a"], checkpoint);
        CheckpointFile.Save(folder["a"], checkpoint);
        Assert.Equal(["a"], folder.FileNames);
    }

    /// <summary>Who has the former file open reads on in it: it was replaced, not written over.</summary>
    [Fact]
    public void Save_in_place_of_a_model_leaves_that_whole_to_who_reads_it()
    {
        CheckpointFile.Save(folder["a"], checkpoint);
        byte[] former = File.ReadAllBytes(folder["a"]);
        using FileStream open = new(
            folder["a"],
            FileMode.Open,
            FileAccess.Read,
            FileShare.ReadWrite | FileShare.Delete
        );
        CheckpointFile.Save(folder["a"], checkpoint, WeightPrecision.Half);
        byte[] read = new byte[former.Length];
        open.ReadExactly(read);
        Assert.Equal(former, read);
        Assert.NotEqual(former, File.ReadAllBytes(folder["a"]));
    }

    [Fact]
    public void Save_in_place_of_a_folder_is_refused_and_leaves_nothing()
    {
        Directory.CreateDirectory(folder["a"]);
        Assert.ThrowsAny<Exception>(() => CheckpointFile.Save(folder["a"], checkpoint));
        Assert.Empty(folder.FileNames);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder["a"]));
    }

    [Theory]
    [InlineData(WeightPrecision.BFloat16, BFloat16Tolerance)]
    [InlineData(WeightPrecision.Half, HalfTolerance)]
    public void Save_in_half_precision_rounds_weights_and_nothing_else(WeightPrecision precision, double tolerance)
    {
        CheckpointFile.Save(folder["single"], checkpoint);
        CheckpointFile.Save(folder["half"], checkpoint, precision);
        using Checkpoint loaded = CheckpointFile.Load(folder["half"]);
        Assert.Equivalent(checkpoint.Schedules, loaded.Schedules, strict: true);
        Assert.All(loaded.Weights.Values, weight => Assert.Equal(ScalarType.Float32, weight.dtype));
        AssertWeights(loaded, tolerance);
        Assert.True(new FileInfo(folder["half"]).Length < 0.7 * new FileInfo(folder["single"]).Length);
    }

    [Fact]
    public void Load_gives_weights_that_the_network_takes()
    {
        CheckpointFile.Save(folder["a"], checkpoint);
        using Checkpoint loaded = CheckpointFile.Load(folder["a"]);
        using Generator generator = new(1);
        using Crysformer network = new(loaded.Network, loaded.Weights["atom_embedding.table"], generator);
        network.load_state_dict(loaded.Weights.ToDictionary(), strict: false);
        foreach ((string name, TorchSharp.Modules.Parameter parameter) in network.named_parameters())
        {
            Assert.True(parameter.equal(checkpoint.Weights[name]).all().item<bool>(), name);
        }
    }

    [Fact]
    public void Save_twice_gives_equal_bytes()
    {
        CheckpointFile.Save(folder["1"], checkpoint);
        using Checkpoint loaded = CheckpointFile.Load(folder["1"]);
        CheckpointFile.Save(folder["2"], loaded);
        Assert.Equal(File.ReadAllBytes(folder["1"]), File.ReadAllBytes(folder["2"]));
    }

    [Fact]
    public void Load_and_save_keep_no_tensors()
    {
        using NoTensorLeaks check = new();
        CheckpointFile.Save(folder["a"], checkpoint, WeightPrecision.Half);
        CheckpointFile.Verify(folder["a"]);
        Assert.Throws<CheckpointException>(() => CheckpointFile.Verify(folder["a"], expectedSha256: "0"));
    }

    [Fact]
    public void Dispose_of_what_borrows_the_weights_leaves_them_to_their_owner()
    {
        Checkpoint renamed = checkpoint.WithProvenance(checkpoint.Provenance with { Name = "other" });
        Checkpoint headless = checkpoint.WithoutHeads();
        renamed.Dispose();
        headless.Dispose();
        Assert.Equal("other", renamed.Provenance.Name);
        Assert.DoesNotContain(headless.Weights.Keys, name => name.Contains("_head.hidden", StringComparison.Ordinal));
        using Crysformer network = headless.CreateNetwork();
        Assert.False(network.Configuration.HasEnergyHead || network.Configuration.HasTypeHead);
        CheckpointFile.Save(folder["a"], checkpoint);
    }

    [Fact]
    public void Load_without_label_scaler_gives_none()
    {
        CheckpointFile.Save(folder["a"], new Checkpoint(checkpoint) { LabelScaler = null });
        using Checkpoint loaded = CheckpointFile.Load(folder["a"]);
        Assert.Null(loaded.LabelScaler);
    }

    [Fact]
    public void Load_keeps_stored_schedules_that_the_process_would_not_give()
    {
        double[] norms = [1, 2, 3, 4, 5, 6, 7, 8];
        CheckpointFile.Save(
            folder["a"],
            new Checkpoint(checkpoint) { Schedules = checkpoint.Schedules! with { CoordinateScoreNorms = norms } }
        );
        using Checkpoint loaded = CheckpointFile.Load(folder["a"]);
        Assert.Equal(norms, loaded.Schedules!.CoordinateScoreNorms);
    }

    [Fact]
    public void Load_provenance_of_a_later_version_passes_over_what_it_adds()
    {
        Rewrite(metadata => metadata["provenance"] = """{"name":"x","kind":"generator","mood":"fine"}""");
        using Checkpoint loaded = CheckpointFile.Load(folder["a"]);
        Assert.Equal("x", loaded.Provenance.Name);
        Assert.Empty(loaded.Provenance.DataSets);
        Assert.Empty(loaded.Provenance.ElementsSeen);
    }

    [Fact]
    public void Verify_checksum_in_any_case_of_letters_is_accepted()
    {
        string checksum = CheckpointFile.Save(folder["a"], checkpoint);
        Assert.Equal(checksum, CheckpointFile.Verify(folder["a"], checksum.ToUpperInvariant()));
    }

    [Fact]
    public void Save_weights_of_another_network_is_refused_by_name()
    {
        var error = Assert.Throws<ArgumentException>(() =>
            CheckpointFile.Save(
                folder["a"],
                new Checkpoint(checkpoint) { Network = checkpoint.Network with { HasTypeHead = false } }
            )
        );
        Assert.Contains("unexpected: type_head.hidden.bias", error.Message);
    }

    [Fact]
    public void Save_weight_beyond_half_precision_is_refused_by_name()
    {
        checkpoint.Weights["time_fusion.bias"][0] = tensor(70000f);
        var error = Assert.Throws<ArgumentException>(() =>
            CheckpointFile.Save(folder["a"], checkpoint, WeightPrecision.Half)
        );
        Assert.Contains("'time_fusion.bias' holds a value that is no finite number as Float16", error.Message);
    }

    [Theory]
    [InlineData("format", "pt", "no Kagome model: its format is 'pt'")]
    [InlineData("format", null, "its format is 'not given'")]
    [InlineData("version", "4", "written by a newer Kagome: file version 4, and this one reads up to 3. Update Kagome")]
    [InlineData("version", "one", "version is 'one'")]
    [InlineData("network", null, "metadata 'network' is missing")]
    [InlineData("network", "null", "metadata 'network' is not as expected")]
    [InlineData("network", "{\"block_count\": \"x\"}", "metadata 'network' is not as expected")]
    [InlineData("network", "{\"wings\": 2}", "metadata 'network' is not as expected")]
    [InlineData("network", "{\"hidden_dimension\": 7}", "Hidden dimension is 7; expected a multiple")]
    [InlineData("network", "{\"block_count\": 2000000000}", "the weights are not those of the network")]
    [InlineData("process", "{\"step_count\": 8}", "expected 8 steps and one, [9]")]
    [InlineData("process", "{\"step_count\": -1}", "-1 steps; expected at least 1")]
    [InlineData("provenance", "{}", "metadata 'provenance' is not as expected")]
    [InlineData("provenance", "{\"name\":null,\"kind\":\"generator\"}", "metadata 'provenance' is not as expected")]
    [InlineData(
        "label_scaler",
        "{\"mean\":0,\"standard_deviation\":0,\"label_name\":\"a\",\"unit\":\"b\"}",
        "expected a standard deviation above 0"
    )]
    public void Load_wrong_metadata_says_what_is_wrong(string key, string? value, string expected)
    {
        Rewrite(metadata =>
        {
            metadata.Remove(key);
            if (value is not null)
            {
                metadata.Add(key, value);
            }
        });
        var error = Assert.Throws<CheckpointException>(() => CheckpointFile.Load(folder["a"]));
        Assert.Contains(expected, error.Message);
    }

    [Fact]
    public void Load_other_weights_names_them()
    {
        using Tensor other = zeros(2);
        Rewrite(tensors: tensors =>
        {
            tensors.Remove("time_fusion.bias");
            tensors["coordinate_head.weight"] = other;
            tensors["wings"] = other;
        });
        var error = Assert.Throws<CheckpointException>(() => CheckpointFile.Load(folder["a"]));
        Assert.Contains(
            "missing: time_fusion.bias; of another shape: coordinate_head.weight is [2], expected [3, 8]; unexpected: wings",
            error.Message
        );
    }

    [Fact]
    public void Load_other_schedules_names_them()
    {
        using Tensor broken = full(8, double.NaN, dtype: ScalarType.Float64);
        Rewrite(tensors: tensors => tensors["schedule.lattice_sigmas"] = broken);
        var error = Assert.Throws<CheckpointException>(() => CheckpointFile.Load(folder["a"]));
        Assert.Contains("'schedule.lattice_sigmas' is NaN at step 0", error.Message);
        Rewrite(tensors: tensors => tensors.Remove("schedule.lattice_sigmas"));
        error = Assert.Throws<CheckpointException>(() => CheckpointFile.Load(folder["a"]));
        Assert.Contains("'schedule.lattice_sigmas' is missing", error.Message);
    }

    [Theory]
    [InlineData(
        "PK\u0003\u0004 and more",
        "looks like a zip archive, as PyTorch saves checkpoints; convert it with `kagome models import`"
    )]
    [InlineData("\u0089HDF\r\n\u001a\n and more", "looks like an HDF5 file")]
    [InlineData(
        "version https://git-lfs.github.com/spec/v1",
        "Git LFS pointer; fetch the file itself with `git lfs pull`"
    )]
    [InlineData("<!DOCTYPE html><html>", "looks like a web page")]
    [InlineData("epoch,loss\n1,0.5\n", "looks like a text file")]
    [InlineData("\u001f\u008b\u0008 and more", "looks like gzip")]
    [InlineData("\u0080\u0002}q\0 and more", "looks like a bare Python pickle")]
    [InlineData("\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.", "before 1.6")]
    [InlineData("\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009", "of no format that Kagome knows")]
    [InlineData("", "holds 0 bytes; the download or copy did not finish")]
    public void Load_another_format_says_what_it_looks_like(string content, string expected)
    {
        string path = folder.File(System.Text.Encoding.Latin1.GetBytes(content));
        var error = Assert.Throws<CheckpointException>(() => CheckpointFile.Load(path));
        Assert.Contains(expected, error.Message);
    }

    [Fact]
    public void Load_with_any_changed_byte_is_refused()
    {
        using NoTensorLeaks check = new();
        CheckpointFile.Save(folder["a"], checkpoint);
        byte[] sound = File.ReadAllBytes(folder["a"]);
        Gen.Select(Gen.OneOf(Gen.Int[0, 6000], Gen.Int[0, sound.Length - 1]), Gen.Int[1, 255])
            .Sample(
                (position, change) =>
                {
                    byte[] content = [.. sound];
                    content[position] ^= (byte)change;
                    Assert.Throws<CheckpointException>(() => CheckpointFile.Load(folder.File(content)));
                },
                iter: 300,
                threads: 1,
                seed: "0000KOIPe036"
            );
    }

    /// <summary>Saves the checkpoint with changes that only another program would make, soundly sealed.</summary>
    private void Rewrite(
        Action<Dictionary<string, string>>? metadata = null,
        Action<Dictionary<string, Tensor>>? tensors = null
    )
    {
        CheckpointFile.Save(folder["a"], checkpoint);
        using SafetensorsFile file = SafetensorsFile.Read(folder["a"]);
        Dictionary<string, string> otherMetadata = file.Metadata.ToDictionary();
        Dictionary<string, Tensor> otherTensors = file.Tensors.ToDictionary();
        metadata?.Invoke(otherMetadata);
        tensors?.Invoke(otherTensors);
        SafetensorsFile.Write(folder["a"], otherTensors, otherMetadata);
    }

    private void AssertWeights(Checkpoint loaded, double tolerance)
    {
        Assert.Equal(checkpoint.Weights.Keys.Order(), loaded.Weights.Keys.Order());
        foreach ((string name, Tensor expected) in checkpoint.Weights)
        {
            using var scope = NewDisposeScope();
            Assert.True(
                loaded.Weights[name].allclose(expected, rtol: tolerance, atol: tolerance == 0 ? 0 : HalfOfSmallestHalf),
                name
            );
        }
    }
}
