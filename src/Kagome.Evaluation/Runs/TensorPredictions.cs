using Kagome.Crystals.Compositions;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Formats.Text;
using Kagome.Models.TorchArchives;

namespace Kagome.Evaluation;

/// <summary>The structures of a .pt file, as the evaluations of CDVAE, DiffCSP and programs like them keep them.</summary>
/// <remarks>
/// Source: scripts/evaluate.py of CDVAE (Xie et al. 2022) and DiffCSP (Jiao et al. 2023): a dictionary with num_atoms [evaluations, crystals], atom_types
/// [evaluations, atoms], frac_coords [evaluations, atoms, 3], and lengths and angles [evaluations, crystals, 3] or lattices [evaluations, crystals, 3, 3];
/// atoms of one crystal after those of another. The crystals have no names: they are in the order of the data. All else, such as the settings and the batch
/// of the data, is passed over; nothing that the file names is run.
/// </remarks>
internal sealed class TensorPredictions
{
    /// <summary>What names of such files end in.</summary>
    public const string Extension = ".pt";

    private const int Axes = 3;
    private const long MostNumbers = 300_000_000;
    private const string Expected =
        "expected a file of torch.save with num_atoms, atom_types, frac_coords, and lengths and angles or lattices, as CDVAE and DiffCSP write them";

    private readonly string path;
    private readonly TorchArchive archive;
    private readonly PickledDictionary root;

    private TensorPredictions(string path, TorchArchive archive)
    {
        (this.path, this.archive) = (path, archive);
        root = archive.Root as PickledDictionary ?? throw Fault($"it holds no dictionary; {Expected}");
    }

    /// <summary>Reads what was predicted of each crystal of the data.</summary>
    /// <param name="path">The file.</param>
    /// <param name="data">The crystals in their order, with what they are made of.</param>
    /// <param name="cancellation">Stops between structures.</param>
    /// <returns>For each crystal, its structures in the order of the evaluations; one that cannot be has a problem in its place.</returns>
    /// <exception cref="InputException">The file holds something else, or predictions of other crystals.</exception>
    /// <exception cref="Models.CheckpointException">The file is damaged.</exception>
    public static IReadOnlyList<IReadOnlyList<SampledStructure>> Read(
        string path,
        IReadOnlyList<NamedComposition> data,
        CancellationToken cancellation
    )
    {
        if (!File.Exists(path))
        {
            string problem = Directory.Exists(path) ? "it is a folder; expected a file" : "there is no such file";
            throw new InputException($"{path}: {problem}.", path);
        }

        using TorchArchive opened = TorchArchive.Open(path);
        return new TensorPredictions(path, opened).Read(data, cancellation);
    }

    private SampledStructure[][] Read(IReadOnlyList<NamedComposition> data, CancellationToken cancellation)
    {
        PickledTensor counts = Tensor("num_atoms", null, null);
        int evaluations = Evaluations(counts, data.Count);
        long most = Tensor("atom_types", evaluations, null).Shape[1]; // of all crystals together
        int[] atomCounts = Whole(counts, "num_atoms", 1, (int)Math.Clamp(most, 1, MostNumbers));
        long atoms = atomCounts.Take(data.Count).Sum(count => (long)count);
        Parts parts = new(
            atomCounts,
            Whole(Tensor("atom_types", evaluations, atoms), "atom_types", 1, Element.LargestAtomicNumber),
            Numbers(Tensor("frac_coords", evaluations, atoms, Axes)),
            Lattices(evaluations, data.Count)
        );
        SampledStructure[][] structures = [.. data.Select(_ => new SampledStructure[evaluations])];
        for (int evaluation = 0; evaluation < evaluations; evaluation++)
        {
            Fill(structures, evaluation, atoms, parts, data, cancellation);
        }

        return structures;
    }

    private int Evaluations(PickledTensor counts, int crystals)
    {
        if (counts.Shape.Contains(0))
        {
            throw Fault(
                $"it has no structures: its num_atoms is [{string.Join(", ", counts.Shape)}]; expected at least one evaluation of each of the {crystals} crystals of the data, [1, {crystals}]. Give the file that the evaluation wrote when it had ended"
            );
        }

        if (counts.Shape[1] != crystals)
        {
            throw Fault(
                $"it has predictions of {counts.Shape[1]} crystals, and the data have {crystals}. They go by the order of the data: give the data and the split that they were made of"
            );
        }

        return counts.Shape[0] is >= 1 and <= EvaluationOptions.LargestSamples and var evaluations
            ? (int)evaluations
            : throw Fault(
                $"it has {counts.Shape[0]} structures of each crystal; expected 1 to {EvaluationOptions.LargestSamples}"
            );
    }

    /// <summary>Makes the structures of an evaluation.</summary>
    private void Fill(
        SampledStructure[][] structures,
        int evaluation,
        long atoms,
        Parts parts,
        IReadOnlyList<NamedComposition> data,
        CancellationToken cancellation
    )
    {
        long next = evaluation * atoms;
        long end = next + atoms;
        for (int crystal = 0; crystal < data.Count; crystal++)
        {
            cancellation.ThrowIfCancellationRequested();
            int cell = (evaluation * data.Count) + crystal;
            long first = next;
            next += parts.AtomCounts[cell];
            if (next > end)
            {
                throw Fault($"evaluation {evaluation + 1} has more atoms in num_atoms than the {atoms} of frac_coords");
            }

            Element[] made = [.. parts.Elements[(int)first..(int)next].Select(number => new Element(number))];
            Require(Composition.Of(made), data[crystal], crystal, data.Count);
            structures[crystal][evaluation] = Make(
                () => parts.Lattice(cell),
                made,
                parts.Positions.AsSpan(Axes * (int)first, Axes * made.Length)
            );
        }

        if (next != end)
        {
            throw Fault($"evaluation {evaluation + 1} has fewer atoms in num_atoms than the {atoms} of frac_coords");
        }
    }

    private void Require(Composition made, NamedComposition asked, int crystal, int count)
    {
        if (!made.Reduced.Equals(asked.Composition.Reduced))
        {
            throw Fault(
                $"prediction {crystal + 1} of {count} is {made.Formula}, and crystal {crystal + 1} of the data, {asked.Id}, is {asked.Composition.Formula}. Predictions go by the order of the data: give the data and the split that they were made of, in the same order"
            );
        }
    }

    /// <summary>A structure, or why there can be none.</summary>
    private static SampledStructure Make(Func<Lattice> lattice, Element[] elements, ReadOnlySpan<double> positions)
    {
        Site[] sites = new Site[elements.Length];
        for (int i = 0; i < sites.Length; i++)
        {
            ReadOnlySpan<double> place = positions.Slice(Axes * i, Axes);
            sites[i] = new Site(elements[i], new Fractional(place[0], place[1], place[2]));
        }

        try
        {
            Lattice cell = lattice();
            string? problem =
                CellChecks.Problem(cell.A, cell.B, cell.C)
                ?? sites.Select(site => CellChecks.Problem(site.Position)).FirstOrDefault(found => found is not null);
            return problem is null
                ? new SampledStructure(new Structure(cell, sites))
                : new SampledStructure(Structure: null, problem);
        }
        catch (ArgumentException exception)
        {
            return new SampledStructure(Structure: null, exception.Message.Split(" (Parameter")[0]);
        }
    }

    /// <summary>Makes the cell of a place, evaluation by evaluation.</summary>
    private Func<int, Lattice> Lattices(long evaluations, long crystals)
    {
        if (!root.TryGetValue("lengths", out _) && root.TryGetValue("lattices", out _))
        {
            double[] vectors = Numbers(Tensor("lattices", evaluations, crystals, Axes, Axes));
            return cell => new Lattice(
                Vector(vectors, 3 * cell),
                Vector(vectors, (3 * cell) + 1),
                Vector(vectors, (3 * cell) + 2)
            );
        }

        double[] lengths = Numbers(Tensor("lengths", evaluations, crystals, Axes));
        double[] angles = Numbers(Tensor("angles", evaluations, crystals, Axes));
        return cell =>
        {
            (Cartesian edge, Cartesian angle) = (Vector(lengths, cell), Vector(angles, cell));
            return Lattice.FromParameters(new(edge.X, edge.Y, edge.Z, angle.X, angle.Y, angle.Z));
        };
    }

    private static Cartesian Vector(double[] numbers, int at) =>
        new(numbers[Axes * at], numbers[(Axes * at) + 1], numbers[(Axes * at) + 2]);

    /// <summary>A tensor of a shape; null for lengths that it may choose.</summary>
    private PickledTensor Tensor(string name, params ReadOnlySpan<long?> shape)
    {
        if (!root.TryGetValue(name, out object? value) || value is not PickledTensor tensor)
        {
            string other = value is null ? "" : $": its {name} is something else";
            throw Fault($"it has no tensor '{name}'{other}; {Expected}");
        }

        bool fits = tensor.Shape.Count == shape.Length;
        for (int axis = 0; fits && axis < shape.Length; axis++)
        {
            fits = shape[axis] is not { } length || length == tensor.Shape[axis];
        }

        string[] wanted = [.. shape.ToArray().Select(length => length is { } known ? $"{known}" : "…")];
        return fits
            ? tensor
            : throw Fault($"its {name} is [{string.Join(", ", tensor.Shape)}]; expected [{string.Join(", ", wanted)}]");
    }

    private double[] Numbers(PickledTensor tensor)
    {
        long count = tensor.Shape.Aggregate(1L, (product, length) => product * length); // no more than its file has
        return count <= MostNumbers
            ? archive.LoadNumbers(tensor)
            : throw Fault($"it has a tensor of {count} numbers; expected at most {MostNumbers}");
    }

    private int[] Whole(PickledTensor tensor, string name, int smallest, int largest)
    {
        double[] numbers = Numbers(tensor);
        foreach ((int at, double number) in numbers.Index())
        {
            if (!(number >= smallest && number <= largest && double.IsInteger(number)))
            {
                (long row, long column) = Math.DivRem(at, tensor.Shape[1]);
                throw Fault(
                    $"its {name} has {number:G6} at [{row}, {column}]; expected whole numbers from {smallest} to {largest}. The file is damaged, or of a program that keeps something else there: save it anew"
                );
            }
        }

        return [.. numbers.Select(number => (int)number)];
    }

    private InputException Fault(string problem) => new($"{path}: {problem}.", path);

    /// <summary>What the file holds of all crystals, evaluation after evaluation.</summary>
    private sealed record Parts(int[] AtomCounts, int[] Elements, double[] Positions, Func<int, Lattice> Lattice);
}
