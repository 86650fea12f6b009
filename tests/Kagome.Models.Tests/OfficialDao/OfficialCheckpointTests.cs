using System.IO.Compression;
using Kagome.Models.OfficialDao;
using Kagome.Models.TorchArchives;
using Kagome.Networks;
using Kagome.Processes.Schedules;
using Kagome.Testing;
using static TorchSharp.torch;

namespace Kagome.Models.Tests.OfficialDao;

/// <summary>Data/README.md says where the files come from.</summary>
public sealed class OfficialCheckpointTests : IDisposable
{
    // float32 buffers of what we compute in float64
    private const double SingleTolerance = 1e-5;

    // the official score norms are Monte-Carlo means of 10,000 squares: 1.4 % standard deviation, 4 of them
    private const double SampledTolerance = 0.06;

    private static readonly string DataFolder = Path.Combine(AppContext.BaseDirectory, "Data");
    private static readonly string Official = Path.Combine(DataFolder, "official-style.ckpt");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Import_reads_the_shape_of_the_network_and_the_process()
    {
        using ImportedCheckpoint imported = OfficialCheckpoint.Import(Official);
        Assert.Equal(
            new CrysformerConfiguration
            {
                BlockCount = 3,
                HiddenDimension = 64,
                HeadCount = 8,
                FrequencyCount = 16,
                TimeDimension = 32,
                ElementFeatureCount = 92,
                HasEnergyHead = true,
                HasTypeHead = true,
            },
            imported.Checkpoint.Network
        );
        Assert.Equal(new DiffusionConfiguration { StepCount = 20 }, imported.Checkpoint.Process);
        Assert.Equal(42, imported.Checkpoint.Provenance.Step);
        Assert.Equal(ModelKind.Predictor, imported.Checkpoint.Provenance.Kind);
    }

    [Fact]
    public void Import_maps_every_schedule_to_its_place()
    {
        using ImportedCheckpoint imported = OfficialCheckpoint.Import(Official);
        NoiseSchedules expected = NoiseSchedules.Compute((DiffusionConfiguration)imported.Checkpoint.Process);
        NoiseSchedules found = imported.Checkpoint.Schedules!;
        AssertClose(expected.LatticeBetas, found.LatticeBetas);
        AssertClose(expected.LatticeAlphas, found.LatticeAlphas);
        AssertClose(expected.LatticeAlphaProducts, found.LatticeAlphaProducts);
        AssertClose(expected.LatticeSigmas, found.LatticeSigmas);
        AssertClose(expected.CoordinateSigmas, found.CoordinateSigmas);
        AssertClose(expected.CoordinateScoreNorms, found.CoordinateScoreNorms, SampledTolerance);
    }

    [Fact]
    public void Import_reports_what_it_left_out()
    {
        using ImportedCheckpoint imported = OfficialCheckpoint.Import(Official);
        ImportReport report = imported.Report;
        Assert.Equal(["decoder.node_embedding.weight"], report.SkippedTensors);
        Assert.Equal(
            ["callbacks", "epoch", "lr_schedulers", "optimizer_states", "pytorch-lightning_version"],
            report.SkippedParts
        );
        Assert.Equal(
            ["dao.common.data_utils.StandardScalerTorch", "omegaconf.dictconfig.DictConfig"],
            report.SkippedClasses
        );
    }

    [Fact]
    public void Import_gives_the_weights_of_the_official_names()
    {
        using NoTensorLeaks check = new();
        using ImportedCheckpoint imported = OfficialCheckpoint.Import(Official);
        using TorchArchive archive = TorchArchive.Open(Official);
        (string Ours, string Theirs)[] samples =
        [
            ("atom_embedding.table", "embedding_in.0.weight"),
            ("time_fusion.bias", "atom_latent_emb.bias"),
            ("blocks.0.attention.query.weight", "block_0.attention.fn.to_q.weight"),
            ("blocks.1.attention.key_value.bias", "block_1.attention.fn.to_kv.bias"),
            ("blocks.2.attention.edge.weight", "block_2.attention.fn.edges_to_kv.weight"),
            ("blocks.2.attention_gate.weight", "block_2.attention.residue.proj.0.weight"),
            ("blocks.1.feed_forward.contract.bias", "block_1.ffn.fn.net.2.bias"),
            ("blocks.0.feed_forward_gate.weight", "block_0.ffn.residue.proj.0.weight"),
            ("blocks.0.feed_forward_norm.weight", "block_0.ffn.norm.weight"),
            ("energy_head.output.weight", "scalar_out.2.weight"),
            ("type_head.hidden.bias", "type_out.0.bias"),
        ];
        PickledDictionary state = Member(archive.Root, "state_dict");
        foreach ((string ours, string theirs) in samples)
        {
            Assert.True(state.TryGetValue($"decoder.{theirs}", out object? value));
            using var scope = NewDisposeScope();
            Tensor expected = archive.Load(Assert.IsType<PickledTensor>(value));
            Assert.True(expected.equal(imported.Checkpoint.Weights[ours]).all().item<bool>(), ours);
        }
    }

    [Fact]
    public void Import_save_and_load_gives_identical_tensors()
    {
        using NoTensorLeaks check = new();
        using ImportedCheckpoint imported = OfficialCheckpoint.Import(Official);
        CheckpointFile.Save(folder["a"], imported.Checkpoint);
        using Checkpoint loaded = CheckpointFile.Load(folder["a"]);
        Assert.Equal(imported.Checkpoint.Weights.Keys.Order(), loaded.Weights.Keys.Order());
        Assert.Equivalent(imported.Checkpoint.Schedules, loaded.Schedules, strict: true);
        foreach ((string name, Tensor expected) in imported.Checkpoint.Weights)
        {
            using var scope = NewDisposeScope();
            Assert.True(expected.equal(loaded.Weights[name]).all().item<bool>(), name);
        }
    }

    [Fact]
    public void Import_finds_the_scaler_beside_the_checkpoint()
    {
        using ImportedCheckpoint imported = OfficialCheckpoint.Import(Official);
        LabelScaler scaler = Assert.IsType<LabelScaler>(imported.Checkpoint.LabelScaler);
        using TorchArchive archive = TorchArchive.Open(Path.Combine(DataFolder, "prop_scaler.pt"));
        PickledDictionary state = Assert.IsType<PickledDictionary>(Assert.IsType<PickledObject>(archive.Root).State);
        Assert.True(state.TryGetValue("means", out object? means));
        using Tensor mean = archive.Load(Assert.IsType<PickledTensor>(means));
        Assert.Equal(mean.data<float>()[0], scaler.Mean);
        Assert.Equal("eV/atom", scaler.Unit);
    }

    [Fact]
    public void Import_without_scaler_takes_the_network_for_a_generator()
    {
        File.Copy(Official, folder["a.ckpt"]);
        using ImportedCheckpoint imported = OfficialCheckpoint.Import(folder["a.ckpt"]);
        Assert.Null(imported.Checkpoint.LabelScaler);
        Assert.Equal(ModelKind.Generator, imported.Checkpoint.Provenance.Kind);
        Assert.Contains("does not say what it was trained for", Assert.Single(imported.Report.Remarks));
    }

    [Theory]
    [InlineData(
        "decoder.block_1.ffn.norm.bias",
        "decoder.block_1.ffn.norm.bios",
        "missing: decoder.block_1.ffn.norm.bias"
    )]
    [InlineData(
        "decoder.embedding_in.1.weight",
        "decoder.embedding_in.1.weighd",
        "'decoder.embedding_in.1.weight' is missing"
    )]
    [InlineData("beta_scheduler.sigmas", "beta_scheduler.sigmaz", "noise schedule 'beta_scheduler.sigmas' is missing")]
    [InlineData("state_dict", "stale_dict", "expected a 'state_dict' of tensors")]
    [InlineData(
        "num_layersr\u00b3\u0002\u0000\u0000K\u0003",
        "num_layersr\u00b3\u0002\u0000\u0000K\u0004",
        "decoder.num_layers is 4, but the weights show 3"
    )]
    [InlineData(
        "head_numr\u00b4\u0002\u0000\u0000K\u0008",
        "head_numr\u00b4\u0002\u0000\u0000K\u0007",
        "expected a multiple of the 7 heads"
    )]
    [InlineData(
        "ipr\u00b6\u0002\u0000\u0000\u0088",
        "ipr\u00b6\u0002\u0000\u0000\u0089",
        "hyper-parameter decoder.ip is False"
    )]
    [InlineData("\u0003\u0000\u0000\u0000sin", "\u0003\u0000\u0000\u0000cos", "hyper-parameter decoder.dis_emb is cos")]
    public void Import_changed_checkpoint_says_what_is_wrong(string from, string to, string expected)
    {
        using NoTensorLeaks check = new();
        var error = Assert.Throws<CheckpointException>(() => OfficialCheckpoint.Import(WithPickle(from, to)));
        Assert.Contains(expected, error.Message);
    }

    [Fact]
    public void Import_without_hyper_parameters_goes_by_the_weights_and_says_so()
    {
        using ImportedCheckpoint imported = OfficialCheckpoint.Import(
            WithPickle("hyper_parameters", "hyper_barameters")
        );
        Assert.Equal(3, imported.Checkpoint.Network.BlockCount);
        Assert.Contains(imported.Report.Remarks, remark => remark.Contains("assumed 8, as published"));
    }

    [Fact]
    public void Import_one_of_our_files_says_what_it_is()
    {
        using Checkpoint checkpoint = TestCheckpoints.Make();
        CheckpointFile.Save(folder["a"], checkpoint);
        var error = Assert.Throws<CheckpointException>(() => OfficialCheckpoint.Import(folder["a"]));
        Assert.Contains("looks like a safetensors file; Kagome's own need no import", error.Message);
    }

    [Fact]
    public void Import_with_changed_or_missing_bytes_is_refused_or_right()
    {
        using NoTensorLeaks check = new();
        byte[] sound = File.ReadAllBytes(Official);
        using ImportedCheckpoint expected = OfficialCheckpoint.Import(Official);
        Gen.Select(Gen.OneOf(Gen.Int[0, 12000], Gen.Int[0, sound.Length - 1]), Gen.Int[0, 255])
            .Sample(
                (position, change) =>
                {
                    byte[] content = [.. change == 0 ? sound[..position] : sound];
                    if (change != 0)
                    {
                        content[position] ^= (byte)change;
                    }

                    return IsRefusedOrEqual(content, expected.Checkpoint);
                },
                iter: 200,
                threads: 1,
                seed: "0000KOIPe036"
            );
    }

    private bool IsRefusedOrEqual(byte[] content, Checkpoint expected)
    {
        try
        {
            using ImportedCheckpoint imported = OfficialCheckpoint.Import(folder.File(content));
            using var scope = NewDisposeScope();
            return imported.Checkpoint.Weights.All(pair =>
                pair.Value.equal(expected.Weights[pair.Key]).all().item<bool>()
            );
        }
        catch (CheckpointException)
        {
            return true;
        }
    }

    /// <summary>The official file with other text of equal length in its pickle, soundly zipped.</summary>
    private string WithPickle(string from, string to)
    {
        using ZipArchive archive = ZipFile.OpenRead(Official);
        (string, byte[])[] entries =
        [
            .. archive.Entries.Select(entry =>
            {
                using Stream stream = entry.Open();
                byte[] content = new byte[entry.Length];
                stream.ReadExactly(content);
                return (entry.FullName, entry.Name == "data.pkl" ? Replace(content, from, to) : content);
            }),
        ];
        return folder.File(TorchArchives.TorchFile.Zip(CompressionLevel.NoCompression, entries));
    }

    private static byte[] Replace(byte[] content, string from, string to)
    {
        string text = System.Text.Encoding.Latin1.GetString(content);
        Assert.Contains(from, text);
        return System.Text.Encoding.Latin1.GetBytes(text.Replace(from, to));
    }

    private static PickledDictionary Member(object? root, string name)
    {
        Assert.True(Assert.IsType<PickledDictionary>(root).TryGetValue(name, out object? value));
        return Assert.IsType<PickledDictionary>(value);
    }

    private static void AssertClose(
        IReadOnlyList<double> expected,
        IReadOnlyList<double> found,
        double tolerance = SingleTolerance
    )
    {
        Assert.Equal(expected.Count, found.Count);
        foreach ((double one, double other) in expected.Zip(found))
        {
            Assert.InRange(Math.Abs(other - one), 0, tolerance * (1 + one));
        }
    }
}
