using System.Collections.Immutable;
using Kagome.Models;

namespace Kagome.Training.Properties;

/// <summary>Trains extremely randomised trees (P. Geurts, D. Ernst, L. Wehenkel, Machine Learning 63, 3, 2006).</summary>
/// <remarks>
/// Every tree learns from all examples. A node draws some of the features and for each a bound between its smallest and its largest value, and takes the
/// one that leaves the least variance. Same examples and seed: the same forest, on any number of cores.
/// </remarks>
internal static class ForestTraining
{
    private const int Trees = 100;

    /// <summary>A node draws this share of the features.</summary>
    private const double Drawn = 1.0 / 3;

    /// <summary>Examples of a leaf, at least.</summary>
    private const int FewestInLeaf = 2;

    /// <summary>Of many examples the leaves grow, so that the file does not.</summary>
    private const int MostLeaves = 512;

    /// <param name="features">A row for each example, all of one length; at least one row.</param>
    /// <param name="labels">One for each example.</param>
    /// <param name="seed">Of all that is drawn.</param>
    /// <param name="cancellation">Stops between trees.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static RegressionForest Fit(
        IReadOnlyList<double[]> features,
        IReadOnlyList<double> labels,
        long seed,
        CancellationToken cancellation = default
    )
    {
        // by columns: a node looks at a few features of many examples
        float[][] columns =
        [
            .. Enumerable
                .Range(0, features[0].Length)
                .Select(column => features.Select(row => (float)row[column]).ToArray()),
        ];
        int fewest = Math.Max(FewestInLeaf, (labels.Count + MostLeaves - 1) / MostLeaves);
        Tree[] trees =
        [
            .. ParallelEnumerable
                .Range(0, Trees)
                .AsOrdered()
                .WithCancellation(cancellation)
                .Select(number => Tree.Grow(columns, [.. labels], fewest, new Random(HashCode(seed, number)))),
        ];
        return Together(trees);
    }

    /// <summary>Not <see cref="System.HashCode"/>, which differs from run to run.</summary>
    private static int HashCode(long seed, int tree) => unchecked((int)((seed * 1_000_003) + (tree * 7919)));

    private static RegressionForest Together(Tree[] trees)
    {
        ImmutableArray<int>.Builder roots = ImmutableArray.CreateBuilder<int>(trees.Length);
        List<Node> nodes = [];
        foreach (Tree tree in trees)
        {
            int root = nodes.Count;
            roots.Add(root);
            nodes.AddRange(tree.Nodes.Select(node => node with { Other = node.Other + root }));
        }

        return RegressionForest.Of(
            roots.ToImmutable(),
            [.. nodes.Select(node => node.Feature)],
            [.. nodes.Select(node => node.Value)],
            [.. nodes.Select(node => node.Other)]
        );
    }

    private readonly record struct Node(int Feature, float Value, int Other);

    /// <summary>One tree while it grows.</summary>
    private sealed class Tree(float[][] columns, double[] labels, int fewest, Random random)
    {
        private readonly int[] order = [.. Enumerable.Range(0, columns.Length)];
        private readonly int drawn = Math.Max(1, (int)Math.Round(Drawn * columns.Length));

        public List<Node> Nodes { get; } = [];

        public static Tree Grow(float[][] columns, double[] labels, int fewest, Random random)
        {
            Tree tree = new(columns, labels, fewest, random);
            tree.Grow([.. Enumerable.Range(0, labels.Length)]);
            return tree;
        }

        private void Grow(Span<int> members)
        {
            int at = Nodes.Count;
            if (Split(members) is not { } split)
            {
                double sum = 0;
                foreach (int member in members)
                {
                    sum += labels[member];
                }

                Nodes.Add(new Node(RegressionForest.Leaf, (float)(sum / members.Length), Other: 0));
                return;
            }

            Nodes.Add(default);
            int below = Partition(members, columns[split.Feature], split.Bound);
            Grow(members[..below]);
            Nodes[at] = new Node(split.Feature, split.Bound, Nodes.Count);
            Grow(members[below..]);
        }

        /// <summary>The best of the splits that are drawn; null where the members are few or alike.</summary>
        private (int Feature, float Bound)? Split(ReadOnlySpan<int> members)
        {
            if (members.Length < 2 * fewest)
            {
                return null;
            }

            (int, float)? best = null;
            double most = 0;
            int left = drawn;
            // without replacement; features that are the same in all members do not count, and draws go on until one splits
            for (int place = 0; place < order.Length && (left > 0 || best is null); place++)
            {
                int other = random.Next(place, order.Length);
                (order[place], order[other]) = (order[other], order[place]);
                float[] column = columns[order[place]];
                (float smallest, float largest) = Range(column, members);
                if (smallest >= largest)
                {
                    continue;
                }

                left--;
                float bound = smallest + (float)(random.NextDouble() * (largest - smallest));
                bound = bound < largest ? bound : smallest;
                double gain = Gain(column, bound, members);
                if (gain > most)
                {
                    (most, best) = (gain, (order[place], bound));
                }
            }

            return best;
        }

        private static (float Smallest, float Largest) Range(float[] column, ReadOnlySpan<int> members)
        {
            (float smallest, float largest) = (float.PositiveInfinity, float.NegativeInfinity);
            foreach (int member in members)
            {
                float value = column[member];
                smallest = Math.Min(smallest, value);
                largest = Math.Max(largest, value);
            }

            return (smallest, largest);
        }

        /// <summary>By how much the sum of squares about the means falls; 0 where a side has too few members.</summary>
        private double Gain(float[] column, float bound, ReadOnlySpan<int> members)
        {
            int below = 0;
            (double sumBelow, double sum) = (0, 0);
            foreach (int member in members)
            {
                double label = labels[member];
                sum += label;
                if (column[member] <= bound)
                {
                    below++;
                    sumBelow += label;
                }
            }

            int above = members.Length - below;
            if (below < fewest || above < fewest)
            {
                return 0;
            }

            double difference = (sumBelow / below) - ((sum - sumBelow) / above);
            return difference * difference * below * above / members.Length;
        }

        /// <summary>Puts members up to the bound first; says how many there are.</summary>
        private static int Partition(Span<int> members, float[] column, float bound)
        {
            int below = 0;
            for (int at = 0; at < members.Length; at++)
            {
                if (column[members[at]] <= bound)
                {
                    (members[below], members[at]) = (members[at], members[below]);
                    below++;
                }
            }

            return below;
        }
    }
}
