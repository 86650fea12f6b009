using System.Numerics.Tensors;
using Kagome.Crystals.Elements;
using Kagome.Models;
using TorchSharp;

namespace Kagome.Prototypes;

/// <summary>Says how likely each candidate of a composition is: which of its structure types, filled in which way.</summary>
/// <remarks>
/// <para>
/// A small network looks at each known crystal beside the composition: at the two elements of every slot, and at a few numbers of the crystal. What
/// it gives each crystal is a vote, and a candidate has the votes of all crystals that make it; one more vote stands for none of them. The share
/// of the votes is the probability.
/// </para>
/// <para>Computed without tensors, and in float32. Safe to use from several threads.</para>
/// </remarks>
public sealed class StructureTypeRanker
{
    private const float LargestLogit = 25;
    private const float SumScale = 0.3f;
    private const int ElementCount = Element.LargestAtomicNumber + 1;

    private readonly RankerLayer ofElements;
    private readonly float[][] free;
    private readonly RankerLayer slot1;
    private readonly RankerLayer slot2;
    private readonly RankerLayer pair1;
    private readonly RankerLayer pair2;
    private readonly RankerLayer pair3;
    private readonly RankerLayer none1;
    private readonly RankerLayer none2;
    private readonly RankerLayer? cell1;
    private readonly RankerLayer? cell2;
    private readonly float[]?[] bySlot = new float[ElementCount * ElementCount][];
    private readonly float[][] elements;

    private StructureTypeRanker(SafetensorsFile file)
    {
        RankerLayer Layer(string name) => RankerLayer.Read(file, name);
        (ofElements, slot1, slot2) = (Layer("elements"), Layer("slot1"), Layer("slot2"));
        (pair1, pair2, pair3) = (Layer("pair1"), Layer("pair2"), Layer("pair3"));
        (none1, none2) = (Layer("none1"), Layer("none2"));
        if (file.Tensors.ContainsKey("cell1.weight"))
        {
            (cell1, cell2) = (Layer("cell1"), Layer("cell2"));
        }

        free = RankerLayer.Rows(file.Tensors["free"]);
        CheckShapes();
        elements = [.. Enumerable.Range(0, ElementCount).Select(ElementVector)];
        Checksum = file.Checksum;
        Metadata = file.Metadata;
    }

    /// <summary>The ranker that came along.</summary>
    public static string DefaultPath => Path.Combine(PrototypeLibrary.DefaultFolder, "ranker.safetensors");

    /// <summary>What <c>sha256sum</c> prints of its file.</summary>
    public string Checksum { get; }

    /// <summary>What it was trained on, and how.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Reads a ranker from a file, which is closed again.</summary>
    /// <exception cref="CheckpointException">The file is damaged, or is no ranker.</exception>
    public static StructureTypeRanker Load(string path)
    {
        using SafetensorsFile file = SafetensorsFile.Read(path);
        using DisposeScope scope = torch.NewDisposeScope(); // for what is made of the file's tensors
        try
        {
            return new StructureTypeRanker(file);
        }
        catch (Exception exception)
            when (exception is KeyNotFoundException or ArgumentException or IndexOutOfRangeException)
        {
            throw new CheckpointException(
                path,
                "is no ranker; expected a file that `kagome train ranker` wrote.",
                exception
            );
        }
    }

    /// <summary>Whether it has learned which cell a formula has; rankers of before have not.</summary>
    internal bool ChoosesCells => cell1 is not null;

    /// <summary>How likely each cell of a formula is, of these: a small network of what speaks for it, and a softmax.</summary>
    /// <param name="features">A row of <see cref="CellFeatures"/> for each cell.</param>
    internal double[] ShareCells(float[][] features)
    {
        float[] hidden = new float[cell1!.Outputs];
        float[] logit = new float[1];
        double[] weights =
        [
            .. features.Select(row =>
            {
                cell1.Apply(row, hidden, isLast: false);
                cell2!.Apply(hidden, logit, isLast: true);
                return (double)Exp(logit[0]);
            }),
        ];
        double all = weights.Sum();
        return [.. weights.Select(weight => weight / all)];
    }

    /// <summary>The votes of pairs, of candidates, and for none of them.</summary>
    internal RankerVotes Vote(CandidatePairs pairs)
    {
        float[] ofPairs = new float[pairs.Pairs.Length];
        float[] ofCandidates = new float[pairs.CandidateCount];
        int width = slot2.Outputs;
        float[] input = new float[(2 * width) + PairFeatures.OfPair];
        float[] hidden1 = new float[pair1.Outputs];
        float[] hidden2 = new float[pair2.Outputs];
        float[] vote = new float[1];
        for (int at = 0; at < ofPairs.Length; at++)
        {
            SumSlots(pairs, pairs.Pairs[at], input.AsSpan(0, width), input.AsSpan(width, width));
            PairFeatures.OfPairAt(pairs, at, input.AsSpan(2 * width));
            pair1.Apply(input, hidden1, isLast: false);
            pair2.Apply(hidden1, hidden2, isLast: false);
            pair3.Apply(hidden2, vote, isLast: true);
            ofPairs[at] = Exp(vote[0]);
            ofCandidates[pairs.Pairs[at].Candidate] += ofPairs[at];
        }

        float[] query = new float[PairFeatures.OfQuery];
        float[] hidden = new float[none1.Outputs];
        PairFeatures.Of(pairs, query);
        none1.Apply(query, hidden, isLast: false);
        none2.Apply(hidden, vote, isLast: true);
        return new RankerVotes(ofPairs, ofCandidates, Exp(vote[0]));
    }

    /// <exception cref="ArgumentException">The matrices do not fit each other.</exception>
    private void CheckShapes()
    {
        int width = ofElements.Outputs;
        bool fit =
            free.Length == ElementCount
            && free[0].Length == width
            && ofElements.Inputs == ElementDistance.PropertiesOf(1).Length
            && slot1.Inputs == (3 * width) + 1
            && slot2.Inputs == slot1.Outputs
            && pair1.Inputs == (2 * slot2.Outputs) + PairFeatures.OfPair
            && pair2.Inputs == pair1.Outputs
            && pair3.Inputs == pair2.Outputs
            && pair3.Outputs == 1
            && none1.Inputs == PairFeatures.OfQuery
            && none2.Inputs == none1.Outputs
            && none2.Outputs == 1
            && (
                cell1 is null
                || (cell1.Inputs == CellFeatures.Count && cell2!.Inputs == cell1.Outputs && cell2.Outputs == 1)
            );
        if (!fit)
        {
            throw new ArgumentException("The matrices of the ranker do not fit each other.");
        }
    }

    private static float Exp(float logit) => MathF.Exp(Math.Clamp(logit, -LargestLogit, LargestLogit));

    private void SumSlots(CandidatePairs pairs, CandidatePairs.Pair pair, Span<float> mean, Span<float> sum)
    {
        PrototypeGroup group = pairs.Group;
        mean.Clear();
        sum.Clear();
        for (int slot = 0; slot < pairs.Elements.Length; slot++)
        {
            float[] vector = SlotVector(
                pairs.Elements[group.Orders[pair.Order][slot]].AtomicNumber,
                group.Crystals[pair.Crystal].Elements[slot].AtomicNumber
            );
            float share = (float)group.Formula.Counts[slot] / group.Formula.AtomCount;
            TensorPrimitives.MultiplyAdd(vector, share, mean, mean);
            TensorPrimitives.MultiplyAdd(vector, SumScale, sum, sum);
        }
    }

    /// <summary>What an element in place of another means; worked out once for each two.</summary>
    private float[] SlotVector(int own, int known)
    {
        ref float[]? kept = ref bySlot[(own * ElementCount) + known];
        if (kept is not null)
        {
            return kept;
        }

        (float[] x, float[] y) = (elements[own], elements[known]);
        float[] input =
        [
            .. x.Zip(y, (first, second) => Math.Abs(first - second)),
            .. x.Zip(y, (first, second) => first * second),
            .. x.Zip(y, (first, second) => first + second),
            own == known ? 1 : 0,
        ];
        float[] hidden = new float[slot1.Outputs];
        float[] output = new float[slot2.Outputs];
        slot1.Apply(input, hidden, isLast: false);
        slot2.Apply(hidden, output, isLast: false);
        kept = output;
        return output;
    }

    private float[] ElementVector(int atomicNumber)
    {
        float[] vector = new float[ofElements.Outputs];
        float[] properties =
            atomicNumber == 0
                ? new float[ofElements.Inputs]
                : [.. ElementDistance.PropertiesOf(atomicNumber).ToArray().Select(property => (float)property)];
        ofElements.Apply(properties, vector, isLast: true);
        TensorPrimitives.Add(vector, free[atomicNumber], vector);
        return vector;
    }
}

/// <summary>Votes, all above 0.</summary>
/// <param name="OfPairs">Of each pair.</param>
/// <param name="OfCandidates">Of each candidate: the sum of its pairs'.</param>
/// <param name="OfNone">For none of the candidates.</param>
internal sealed record RankerVotes(float[] OfPairs, float[] OfCandidates, float OfNone);

/// <summary>A matrix, an offset, and x · sigmoid(x) after them unless it is the last.</summary>
internal sealed class RankerLayer
{
    private readonly float[][] weights;
    private readonly float[] offset;

    private RankerLayer(float[][] weights, float[] offset) => (this.weights, this.offset) = (weights, offset);

    public int Inputs => weights[0].Length;

    public int Outputs => offset.Length;

    public static RankerLayer Read(SafetensorsFile file, string name) =>
        new(Rows(file.Tensors[$"{name}.weight"]), Rows(file.Tensors[$"{name}.bias"].reshape(1, -1))[0]);

    public static float[][] Rows(torch.Tensor matrix)
    {
        using torch.Tensor numbers = matrix.to(torch.ScalarType.Float32).contiguous();
        float[] all = [.. numbers.data<float>()];
        return [.. all.Chunk((int)numbers.shape[1])];
    }

    public void Apply(ReadOnlySpan<float> input, Span<float> output, bool isLast)
    {
        for (int row = 0; row < weights.Length; row++)
        {
            float sum = TensorPrimitives.Dot(input, weights[row]) + offset[row];
            output[row] = isLast ? sum : sum / (1 + MathF.Exp(-sum));
        }
    }
}
