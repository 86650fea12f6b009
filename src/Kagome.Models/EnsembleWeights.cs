using System.Globalization;
using Kagome.Networks;
using static TorchSharp.torch;

namespace Kagome.Models;

/// <summary>The weights of several networks in one dictionary: those that are equal in all once, under their names; the others as folds.K.name, K from 0.</summary>
public static class EnsembleWeights
{
    private const string Prefix = "folds.";

    /// <summary>One dictionary of copies.</summary>
    /// <param name="folds">At least two networks' weights, of the same names.</param>
    public static Dictionary<string, Tensor> Join(IReadOnlyList<IReadOnlyDictionary<string, Tensor>> folds)
    {
        Dictionary<string, Tensor> joined = new(StringComparer.Ordinal);
        foreach ((string name, Tensor first) in folds[0])
        {
            if (folds.Skip(1).All(fold => first.eq(fold[name]).all().item<bool>()))
            {
                joined.Add(name, first.detach().clone());
                continue;
            }

            for (int fold = 0; fold < folds.Count; fold++)
            {
                joined.Add(NameOf(fold, name), folds[fold][name].detach().clone());
            }
        }

        return joined;
    }

    /// <summary>The weights of one network, by their own names.</summary>
    public static Dictionary<string, Tensor> Of(int fold, IReadOnlyDictionary<string, Tensor> joined)
    {
        string own = NameOf(fold, "");
        return joined
            .Where(pair =>
                !pair.Key.StartsWith(Prefix, StringComparison.Ordinal)
                || pair.Key.StartsWith(own, StringComparison.Ordinal)
            )
            .ToDictionary(
                pair => pair.Key.StartsWith(own, StringComparison.Ordinal) ? pair.Key[own.Length..] : pair.Key,
                pair => pair.Value,
                StringComparer.Ordinal
            );
    }

    /// <summary>Which folds have no weights, counted from 1.</summary>
    internal static IReadOnlyList<int> Missing(PropertyEnsemble ensemble, IEnumerable<string> names)
    {
        HashSet<string> present =
        [
            .. names
                .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
                .Select(name => name[Prefix.Length..].Split('.')[0]),
        ];
        return
        [
            .. Enumerable
                .Range(0, ensemble.FoldCount)
                .Where(fold => !present.Contains(fold.ToString(CultureInfo.InvariantCulture)))
                .Select(fold => fold + 1),
        ];
    }

    /// <summary>Names and shapes that there have to be, given which weights are shared.</summary>
    internal static IEnumerable<(string Name, long[] Shape)> Layout(
        CrysformerConfiguration network,
        PropertyEnsemble ensemble,
        IReadOnlyDictionary<string, long[]> present
    )
    {
        foreach ((string name, long[] shape) in CrysformerLayout.Of(network))
        {
            int copies = present.ContainsKey(name) ? 0 : ensemble.FoldCount;
            if (copies == 0)
            {
                yield return (name, shape);
            }

            for (int fold = 0; fold < copies; fold++)
            {
                yield return (NameOf(fold, name), shape);
            }
        }
    }

    private static string NameOf(int fold, string name) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{fold}.{name}");
}
