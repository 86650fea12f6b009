using Kagome.Crystals.Compositions;
using Kagome.Crystals.Elements;
using Kagome.Crystals.Phases;
using static TorchSharp.torch;

namespace Kagome.Models;

/// <summary>
/// The stable phases of a predictor as tensors: <c>phases.sizes</c> (int32), how many elements each has, and <c>phases.energies</c> (float64, eV/atom)
/// [phases]; <c>phases.elements</c>, atomic numbers, and <c>phases.counts</c> (int32), of all phases in one row.
/// </summary>
internal static class PhaseTensors
{
    public const string Prefix = "phases.";

    private const string Sizes = Prefix + "sizes";
    private const string Elements = Prefix + "elements";
    private const string Counts = Prefix + "counts";
    private const string Energies = Prefix + "energies";

    public static IEnumerable<(string Name, Tensor Values)> Of(PhaseDiagram? phases)
    {
        if (phases is null)
        {
            yield break;
        }

        KeyValuePair<Element, int>[] counts = [.. phases.Phases.SelectMany(phase => phase.Composition.Counts)];
        yield return (Sizes, tensor(phases.Phases.Select(phase => phase.Composition.Counts.Count).ToArray()));
        yield return (Elements, tensor(counts.Select(count => count.Key.AtomicNumber).ToArray()));
        yield return (Counts, tensor(counts.Select(count => count.Value).ToArray()));
        yield return (Energies, tensor(phases.Phases.Select(phase => phase.FormationEnergy).ToArray()));
    }

    /// <summary>The phase diagram of a file; null where it has none.</summary>
    /// <exception cref="CheckpointException">Its tensors do not fit each other, or say what no phase can be.</exception>
    public static PhaseDiagram? Read(string path, IReadOnlyDictionary<string, Tensor> tensors)
    {
        string[] present = [.. tensors.Keys.Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))];
        if (present.Length == 0)
        {
            return null;
        }

        string[] expected = [Sizes, Elements, Counts, Energies];
        if (present.Except(expected).Concat(expected.Except(present)).FirstOrDefault() is { } wrong)
        {
            throw new CheckpointException(
                path,
                $"'{wrong}' is {(expected.Contains(wrong) ? "missing" : "of no phase diagram")}; get or export the file again."
            );
        }

        int[] sizes = Row<int>(path, tensors, Sizes, ScalarType.Int32);
        int[] elements = Row<int>(path, tensors, Elements, ScalarType.Int32);
        int[] counts = Row<int>(path, tensors, Counts, ScalarType.Int32);
        double[] energies = Row<double>(path, tensors, Energies, ScalarType.Float64);
        if (
            sizes.Length != energies.Length
            || Array.Exists(sizes, size => size < 1)
            || elements.Length != counts.Length
            || sizes.Sum(size => (long)size) != elements.Length
        )
        {
            throw new CheckpointException(
                path,
                $"the phase diagram has {sizes.Length} sizes, {energies.Length} energies, {elements.Length} elements and {counts.Length} counts, which do not fit each other; get or export the file again."
            );
        }

        try
        {
            return new PhaseDiagram(Phases(sizes, elements, counts, energies));
        }
        catch (Exception exception) when (exception is ArgumentException or OverflowException)
        {
            throw new CheckpointException(
                path,
                $"the phase diagram: {exception.Message} Get or export the file again.",
                exception
            );
        }
    }

    private static IEnumerable<Phase> Phases(int[] sizes, int[] elements, int[] counts, double[] energies)
    {
        int start = 0;
        for (int phase = 0; phase < sizes.Length; phase++)
        {
            int first = start;
            yield return new Phase(
                new Composition(
                    Enumerable
                        .Range(first, sizes[phase])
                        .Select(at => KeyValuePair.Create(new Element(elements[at]), counts[at]))
                ),
                energies[phase]
            );
            start += sizes[phase];
        }
    }

    private static T[] Row<T>(string path, IReadOnlyDictionary<string, Tensor> tensors, string name, ScalarType type)
        where T : unmanaged =>
        tensors[name] is { shape.Length: 1 } found && found.dtype == type
            ? [.. found.data<T>()]
            : throw new CheckpointException(
                path,
                $"'{name}' is {tensors[name].dtype} {WeightComparison.Text(tensors[name].shape)}; expected {type} in one row."
            );
}
