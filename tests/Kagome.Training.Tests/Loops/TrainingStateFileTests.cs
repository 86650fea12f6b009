using Kagome.Models;
using Kagome.Testing;
using Kagome.Training.Recipes;

namespace Kagome.Training.Tests.Loops;

public sealed class TrainingStateFileTests : IDisposable
{
    private const int StopAt = 5;
    private const int StepCount = 12;

    private readonly TemporaryFolder folder = new();

    private string StatePath => folder["state.safetensors"];

    [Fact]
    public void Load_goes_on_exactly_as_if_the_run_had_never_stopped()
    {
        using TrainingRun whole = TestRuns.Create();
        double[] losses = whole.Take(StepCount);

        using TrainingRun stopped = TestRuns.Create();
        double[] before = stopped.Take(StopAt);
        TrainingStateFile.Save(StatePath, stopped);
        using TrainingRun resumed = TestRuns.Create();
        TrainingStateFile.Load(StatePath, resumed);
        Assert.Equal(StopAt, resumed.StepsTaken);
        Assert.Equal(stopped.TimeTrained, resumed.TimeTrained);
        double[] after = resumed.Take(StepCount - StopAt);

        Assert.Equal(losses, before.Concat(after));
        TensorAssert.AreIdentical(whole.SaveState(), resumed.SaveState()); // weights, average and moments
    }

    [Fact]
    public void Load_into_a_run_that_went_elsewhere_forgets_where_it_was()
    {
        using TrainingRun run = TestRuns.Create();
        run.Take(StopAt);
        TrainingStateFile.Save(StatePath, run);
        double[] losses = run.Take(3);
        TrainingStateFile.Load(StatePath, run);
        Assert.Equal(losses, run.Take(3));
    }

    [Fact]
    public void Load_state_of_another_recipe_names_what_differs()
    {
        SaveTestState();
        using TrainingRun other = TestRuns.Create(
            TestRuns.Recipe with
            {
                Optimizer = TestRuns.Recipe.Optimizer with { WarmUpSteps = 4 },
            }
        );
        string message = Refusal(other);
        Assert.Contains("another recipe", message, StringComparison.Ordinal);
        Assert.Contains("'warm_up_steps = 3' then, 'warm_up_steps = 4' now", message, StringComparison.Ordinal);
        Assert.Equal(0, other.StepsTaken);
    }

    [Fact]
    public void Load_state_of_other_data_says_so()
    {
        SaveTestState();
        using TrainingRun other = TestRuns.Create(
            crystals: TestCrystals.Set([.. TestCrystals.All, TestCrystals.SodiumChloride])
        );
        Assert.Contains("another data", Refusal(other), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_state_of_a_recipe_that_names_other_sources_goes_on()
    {
        SaveTestState();
        using TrainingRun run = TestRuns.Create(
            TestRuns.Recipe with
            {
                Sources = [new RecipeSource { Name = "MP-20", License = "CC-BY-4.0" }],
            }
        );
        TrainingStateFile.Load(StatePath, run);
        Assert.Equal(StopAt, run.StepsTaken);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(-1)]
    public void Load_truncated_state_is_refused(int length)
    {
        SaveTestState();
        byte[] bytes = File.ReadAllBytes(StatePath);
        File.WriteAllBytes(StatePath, length < 0 ? bytes[..^1] : bytes[..length]);
        AssertRefused();
    }

    [Fact]
    public void Load_state_with_a_changed_byte_is_refused()
    {
        SaveTestState();
        byte[] bytes = File.ReadAllBytes(StatePath);
        bytes[^10] ^= 1;
        File.WriteAllBytes(StatePath, bytes);
        AssertRefused();
    }

    /// <summary>A file without a seal may be whole or not: nobody could tell.</summary>
    [Fact]
    public void Load_state_without_seal_is_refused()
    {
        SaveTestState();
        byte[] bytes = File.ReadAllBytes(StatePath);
        int seal = bytes.AsSpan().IndexOf("seal_sha256"u8);
        bytes[seal] = (byte)'x'; // another key: the file is a plain safetensors file now
        File.WriteAllBytes(StatePath, bytes);
        using (SafetensorsFile file = SafetensorsFile.Read(StatePath))
        {
            Assert.False(file.IsSealed);
        }

        Assert.Contains("no seal", AssertRefused(), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_other_safetensors_file_is_refused()
    {
        using TrainingRun run = TestRuns.Create();
        SafetensorsFile.Write(StatePath, run.SaveState());
        Assert.Contains("is no training state", AssertRefused(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("first_moment")]
    [InlineData("atom_embedding.table")]
    public void Load_state_that_lacks_a_tensor_names_it(string name)
    {
        SaveTestState();
        using (SafetensorsFile file = SafetensorsFile.Read(StatePath))
        {
            SafetensorsFile.Write(
                StatePath,
                file.Tensors.Where(pair => pair.Key != name).ToDictionary(),
                file.Metadata
            );
        }

        Assert.Contains($"'{name}' is missing", AssertRefused(), StringComparison.Ordinal);
    }

    public void Dispose() => folder.Dispose();

    private void SaveTestState()
    {
        using TrainingRun run = TestRuns.Create();
        run.Take(StopAt);
        TrainingStateFile.Save(StatePath, run);
    }

    private string AssertRefused()
    {
        using TrainingRun run = TestRuns.Create();
        return Refusal(run);
    }

    private string Refusal(TrainingRun run)
    {
        string message = Assert.Throws<TrainingStateException>(() => TrainingStateFile.Load(StatePath, run)).Message;
        Assert.StartsWith(StatePath, message, StringComparison.Ordinal);
        return message;
    }
}
