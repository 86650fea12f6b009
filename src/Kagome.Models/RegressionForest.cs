using System.Collections.Immutable;

namespace Kagome.Models;

/// <summary>Regression trees, whose mean is what they say together.</summary>
/// <remarks>
/// The nodes of all trees in one row. A node that asks has the number of a feature and a bound: where the feature is at most the bound, the answer is in
/// the next node, else in another one further on. A leaf has -1 for the feature, and its value.
/// </remarks>
public sealed class RegressionForest
{
    /// <summary>What a leaf has for the number of a feature.</summary>
    public const int Leaf = -1;

    private RegressionForest(
        ImmutableArray<int> roots,
        ImmutableArray<int> features,
        ImmutableArray<float> values,
        ImmutableArray<int> others
    )
    {
        (Roots, Features, Values, Others) = (roots, features, values, others);
        FeatureCount = features.Max() + 1;
    }

    /// <summary>Where each tree begins; at least one.</summary>
    public ImmutableArray<int> Roots { get; }

    /// <summary>The number of the feature that each node asks for; <see cref="Leaf"/> of a leaf.</summary>
    public ImmutableArray<int> Features { get; }

    /// <summary>The bound of each node that asks, the value of each leaf.</summary>
    public ImmutableArray<float> Values { get; }

    /// <summary>Where the answer is for features above the bound: after the node itself; not used in leaves.</summary>
    public ImmutableArray<int> Others { get; }

    /// <summary>The fewest features that there have to be.</summary>
    public int FeatureCount { get; }

    /// <summary>Puts trees together.</summary>
    /// <exception cref="ArgumentException">There is no tree, numbers of nodes differ, a value is not finite, or a node leads nowhere.</exception>
    public static RegressionForest Of(
        ImmutableArray<int> roots,
        ImmutableArray<int> features,
        ImmutableArray<float> values,
        ImmutableArray<int> others
    ) =>
        Problem(roots, features, values, others) is { } problem
            ? throw new ArgumentException(problem)
            : new RegressionForest(roots, features, values, others);

    /// <summary>The mean of what the trees say.</summary>
    /// <param name="features">At least <see cref="FeatureCount"/>; compared as float32.</param>
    public double Value(IReadOnlyList<double> features)
    {
        double sum = 0;
        foreach (int root in Roots)
        {
            int at = root;
            while (Features[at] != Leaf)
            {
                at = (float)features[Features[at]] <= Values[at] ? at + 1 : Others[at];
            }

            sum += Values[at];
        }

        return sum / Roots.Length;
    }

    /// <summary>Why these are no trees; null where they are. Every step leads on, so that each walk ends.</summary>
    private static string? Problem(
        ImmutableArray<int> roots,
        ImmutableArray<int> features,
        ImmutableArray<float> values,
        ImmutableArray<int> others
    )
    {
        int count = features.Length;
        if (roots.Length == 0 || values.Length != count || others.Length != count)
        {
            return $"{roots.Length} trees of {count}, {values.Length} and {others.Length} numbers; expected at least one tree, and as many numbers of each kind.";
        }

        foreach (int root in roots.Where(root => root < 0 || root >= count))
        {
            return $"a tree begins at node {root}; expected 0 to {count - 1}.";
        }

        for (int at = 0; at < count; at++)
        {
            bool isLeaf = features[at] == Leaf;
            if (
                !float.IsFinite(values[at])
                || features[at] < Leaf
                || (!isLeaf && (others[at] <= at + 1 || others[at] >= count))
            )
            {
                return $"node {at} of {count} has feature {features[at]}, value {values[at]} and leads to {others[at]}; expected a finite value and a node after the next.";
            }
        }

        return null;
    }
}
