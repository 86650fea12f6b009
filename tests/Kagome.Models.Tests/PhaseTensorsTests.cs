using Kagome.Crystals.Compositions;
using Kagome.Crystals.Phases;
using TorchSharp;
using static TorchSharp.torch;

namespace Kagome.Models.Tests;

public sealed class PhaseTensorsTests : IDisposable
{
    private static readonly PhaseDiagram Phases = new([
        new Phase(FormulaParser.Parse("Li2O"), -2.0123456789),
        new Phase(FormulaParser.Parse("LiFePO4"), -2.5),
    ]);

    private readonly TemporaryFolder folder = new();
    private readonly Checkpoint checkpoint = TestCheckpoints.Make();

    public void Dispose()
    {
        folder.Dispose();
        checkpoint.Dispose();
    }

    [Fact]
    public void Load_gives_the_phases_that_were_saved_in_their_order()
    {
        CheckpointFile.Save(folder["a"], new Checkpoint(checkpoint) { Phases = Phases }, WeightPrecision.Half);
        using Checkpoint loaded = CheckpointFile.Load(folder["a"]);
        Assert.Equal(Phases.Phases, loaded.Phases!.Phases);
        using SafetensorsFile file = SafetensorsFile.Read(folder["a"]);
        Assert.Equal("4", file.Metadata["version"]);
    }

    [Fact]
    public void Load_of_a_model_without_phases_gives_none()
    {
        CheckpointFile.Save(folder["a"], checkpoint);
        using Checkpoint loaded = CheckpointFile.Load(folder["a"]);
        Assert.Null(loaded.Phases);
    }

    [Fact]
    public void WithoutHeads_leaves_the_phases_out_with_the_scale()
    {
        using Checkpoint body = new Checkpoint(checkpoint) { Phases = Phases }.WithoutHeads();
        Assert.Null(body.Phases);
    }

    [Fact]
    public void Save_of_phases_without_a_scale_is_refused() =>
        Assert.Throws<ArgumentException>(() =>
            CheckpointFile.Save(folder["a"], new Checkpoint(checkpoint) { Phases = Phases, LabelScaler = null })
        );

    public static TheoryData<string, string> Damages =>
        new()
        {
            { "sizes missing", "'phases.sizes' is missing" },
            { "another", "'phases.moods' is of no phase diagram" },
            { "fewer elements", "do not fit each other" },
            { "size 0", "do not fit each other" },
            { "energy NaN", "expected a finite number of eV/atom" },
            { "element 0", "Atomic number is 0" },
            { "element twice", "the phase diagram" },
            { "count 0", "The count of Li is 0" },
            { "counts too large", "the phase diagram" },
            { "energies float32", "'phases.energies' is Float32" },
        };

    [Theory]
    [MemberData(nameof(Damages))]
    public void Read_of_what_no_phase_diagram_can_be_is_refused(string damage, string expected)
    {
        using DisposeScope scope = NewDisposeScope();
        Dictionary<string, Tensor> tensors = PhaseTensors
            .Of(Phases)
            .ToDictionary(pair => pair.Name, pair => pair.Values);
        switch (damage)
        {
            case "sizes missing":
                tensors.Remove("phases.sizes");
                break;
            case "another":
                tensors["phases.moods"] = zeros(1);
                break;
            case "fewer elements":
                tensors["phases.elements"] = tensors["phases.elements"][..5];
                break;
            case "size 0":
                tensors["phases.sizes"] = tensor(new[] { 0, 6 });
                break;
            case "energy NaN":
                tensors["phases.energies"] = tensor(new[] { double.NaN, -1 });
                break;
            case "element 0":
                tensors["phases.elements"][0] = tensor(0);
                break;
            case "element twice":
                tensors["phases.elements"][1] = tensor(3);
                break;
            case "count 0":
                tensors["phases.counts"][0] = tensor(0);
                break;
            case "counts too large":
                tensors["phases.counts"] = full(6, int.MaxValue, ScalarType.Int32);
                break;
            default:
                tensors["phases.energies"] = tensors["phases.energies"].to(ScalarType.Float32);
                break;
        }

        CheckpointException error = Assert.Throws<CheckpointException>(() => PhaseTensors.Read("a", tensors));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }
}
