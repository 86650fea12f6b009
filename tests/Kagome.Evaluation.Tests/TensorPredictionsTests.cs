using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats;
using Kagome.Testing;
using Numbers = Kagome.Evaluation.Tests.TensorFile.Numbers;

namespace Kagome.Evaluation.Tests;

/// <summary>The evaluation of structures in the files of CDVAE and DiffCSP.</summary>
public sealed class TensorPredictionsTests : IDisposable
{
    private const int CrystalCount = 6;
    private const double Tolerance = 1e-9;

    private readonly TemporaryFolder folder = new();
    private readonly CrystalRecord[] crystals = EvaluatedCrystals.Series(CrystalCount);
    private readonly Structure[] right;
    private readonly Structure[] wrong;

    public TensorPredictionsTests()
    {
        DataSet.Write(folder["data.jsonl"], crystals);
        right = [.. crystals.Select(crystal => crystal.Structure)];
        wrong = [.. right.Select((structure, at) => at % 2 == 0 ? Elongated(structure) : structure)];
    }

    private static CancellationToken TestCancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EvaluateAsync_takes_evaluations_as_samples_and_runs_nothing()
    {
        Write(TensorFile.Tensors(wrong, right), TensorFile.Others);
        EvaluationSummary summary = await Evaluate();
        Assert.Equal(
            (2, "eval_diff.pt", 0),
            (summary.Origin.Samples, summary.Origin.Predictions, summary.WithoutStructure)
        );
        Assert.Equal(0.5, summary.Overall.AtOne.Rate.Value, Tolerance);
        Assert.Equal(1, summary.Overall.AtK.Rate.Value, Tolerance);
        Assert.False(File.Exists("was-run"));
    }

    [Fact]
    public async Task EvaluateAsync_with_a_limit_takes_the_predictions_of_the_crystals_that_are_left()
    {
        Structure[] distinct = [.. right.Select((structure, at) => at % 2 == 0 ? structure : wrong[at])];
        Write(TensorFile.Tensors(distinct));
        EvaluationSummary summary = await Evaluate(options => options with { Limit = 3 });
        Assert.Equal(3, summary.Overall.Crystals);
        Assert.Equal(1, summary.Overall.AtOne.Rate.Value, Tolerance);
        Assert.Equal(0, summary.Overall.AtOne.Rmse!.Value, 1e-6);
    }

    [Fact]
    public async Task EvaluateAsync_takes_lattices_where_there_are_no_lengths()
    {
        List<Numbers> tensors = TensorFile.Tensors(right);
        Write([.. tensors.Where(tensor => tensor.Name is not ("lengths" or "angles")), TensorFile.Lattices(right)]);
        Assert.Equal(1, (await Evaluate()).Overall.AtOne.Rate.Value, Tolerance);
    }

    [Theory]
    [InlineData("lengths", double.NaN)]
    [InlineData("lengths", -1)]
    [InlineData("angles", 180)]
    [InlineData("lengths", 4e30)]
    [InlineData("lengths", 1e-30)]
    [InlineData("frac_coords", double.PositiveInfinity)]
    [InlineData("frac_coords", 1e30)]
    public async Task EvaluateAsync_of_a_structure_that_cannot_be_counts_it_in_its_place(string name, double value)
    {
        List<Numbers> tensors = TensorFile.Tensors(right, right);
        tensors.Single(tensor => tensor.Name == name).Values[0] = value;
        Write(tensors);
        EvaluationSummary summary = await Evaluate();
        Assert.Equal(1, summary.WithoutStructure);
        Assert.Equal(5.0 / CrystalCount, summary.Overall.AtOne.Rate.Value, Tolerance);
        Assert.Equal(1, summary.Overall.AtK.Rate.Value, Tolerance);
    }

    [Fact]
    public async Task EvaluateAsync_of_another_number_of_crystals_is_refused()
    {
        Write(TensorFile.Tensors(right[..5]));
        await AssertRefused("it has predictions of 5 crystals, and the data have 6");
    }

    [Fact]
    public async Task EvaluateAsync_in_another_order_is_refused_by_the_first_that_differs()
    {
        Write(TensorFile.Tensors([right[0], right[2], right[1], .. right[3..]]));
        await AssertRefused("prediction 2 of 6 is CsCl, and crystal 2 of the data, crystal-1, is TiO2");
    }

    [Theory]
    [InlineData("num_atoms", "it has no tensor 'num_atoms'; expected a file of torch.save with")]
    [InlineData("angles", "it has no tensor 'angles'")]
    public async Task EvaluateAsync_without_a_tensor_is_refused(string name, string part)
    {
        Write([.. TensorFile.Tensors(right).Where(tensor => tensor.Name != name)]);
        await AssertRefused(part);
    }

    [Theory]
    [InlineData("num_atoms", 0, 3, "its frac_coords is [1, 15, 3]; expected [1, 16, 3]")]
    [InlineData("num_atoms", 0, 0, "its num_atoms has 0 at [0, 0]; expected whole numbers from 1 to 15.")]
    [InlineData("num_atoms", 2, 4e18, "its num_atoms has 4E+18 at [0, 2]; expected whole numbers from 1 to 15.")]
    [InlineData("atom_types", 1, -9e18, "its atom_types has -9E+18 at [0, 1]; expected whole numbers from 1 to 118.")]
    [InlineData("atom_types", 0, 119, "its atom_types has 119 at [0, 0]; expected whole numbers from 1 to 118.")]
    [InlineData("atom_types", 0, 3, "prediction 1 of 6 is LiCl")]
    public async Task EvaluateAsync_of_numbers_that_cannot_be_is_refused(string name, int at, double value, string part)
    {
        List<Numbers> tensors = TensorFile.Tensors(right);
        tensors.Single(tensor => tensor.Name == name).Values[at] = value;
        if (name == "num_atoms" && value is > 0 and < 15)
        {
            // atom_types, which is looked at first, is as long as num_atoms says
            int types = tensors.FindIndex(tensor => tensor.Name == "atom_types");
            tensors[types] = tensors[types] with { Values = [.. tensors[types].Values, 55], Shape = [1, 16] };
        }

        Write(tensors);
        await AssertRefused(part);
    }

    [Theory]
    [InlineData(0, CrystalCount)]
    [InlineData(2, 0)]
    [InlineData(0, 0)]
    public async Task EvaluateAsync_of_no_structures_says_so(int evaluations, int count)
    {
        List<Numbers> tensors = TensorFile.Tensors(right);
        Write([tensors[0] with { Values = [], Shape = [evaluations, count] }, .. tensors[1..]]);
        await AssertRefused(
            $"it has no structures: its num_atoms is [{evaluations}, {count}]; expected at least one evaluation of each of the 6 crystals of the data, [1, 6]."
        );
    }

    [Fact]
    public async Task EvaluateAsync_of_a_number_in_place_of_a_tensor_says_that_it_is_something_else()
    {
        List<Numbers> tensors = TensorFile.Tensors(right);
        Write([.. tensors[1..]], ("num_atoms", [(byte)'K', 2]));
        await AssertRefused(
            "it has no tensor 'num_atoms': its num_atoms is something else; expected a file of torch.save"
        );
    }

    [Fact]
    public async Task EvaluateAsync_of_evaluations_with_other_atoms_is_refused()
    {
        List<Numbers> tensors = TensorFile.Tensors(right, right);
        Numbers counts = tensors.Single(tensor => tensor.Name == "num_atoms");
        counts.Values[^1]++;
        Write(tensors);
        await AssertRefused("evaluation 2 has more atoms in num_atoms");
    }

    [Fact]
    public async Task EvaluateAsync_of_what_is_no_dictionary_or_not_there_is_refused()
    {
        await AssertRefused("there is no such file");
        File.WriteAllBytes(folder["eval_diff.pt"], TensorFile.Zip([0x80, 2, (byte)'N', (byte)'.'], []));
        await AssertRefused("it holds no dictionary");
    }

    [Fact]
    public async Task EvaluateAsync_of_changed_files_works_or_is_refused()
    {
        List<Numbers> tensors = TensorFile.Tensors(right);
        byte[] pickle = TensorFile.Pickle(tensors, TensorFile.Others);
        Random random = new(1);
        int refused = 0;
        for (int trial = 0; trial < 300; trial++)
        {
            byte[] changed = [.. pickle];
            changed[random.Next(changed.Length)] = (byte)random.Next(256);
            byte[] file = TensorFile.Zip(changed, tensors);
            refused += await IsRefused(trial % 3 == 0 ? file[..random.Next(file.Length)] : file) ? 1 : 0;
        }

        Assert.InRange(refused, 100, 300);
    }

    public void Dispose() => folder.Dispose();

    private static Structure Elongated(Structure structure) =>
        new(Lattice.FromParameters(new(2.5, 4, 9, 90, 90, 90)), structure.Sites);

    private async Task<bool> IsRefused(byte[] file)
    {
        await File.WriteAllBytesAsync(folder["eval_diff.pt"], file, TestCancellation);
        try
        {
            await Evaluate();
            return false;
        }
        catch (KagomeException)
        {
            return true;
        }
    }

    private void Write(IReadOnlyList<Numbers> tensors, params (string Name, byte[] Pickle)[] others) =>
        File.WriteAllBytes(folder["eval_diff.pt"], TensorFile.Zip(TensorFile.Pickle(tensors, others), tensors));

    private async Task<EvaluationSummary> Evaluate(Func<EvaluationOptions, EvaluationOptions>? change = null)
    {
        EvaluationOptions options = new() { Data = folder["data.jsonl"], Predictions = folder["eval_diff.pt"] };
        return (await Evaluator.EvaluateAsync(change?.Invoke(options) ?? options, null, TestCancellation)).Summary;
    }

    private async Task AssertRefused(string part) =>
        Assert.Contains(
            part,
            (await Assert.ThrowsAsync<InputException>(() => Evaluate())).Message,
            StringComparison.Ordinal
        );
}
