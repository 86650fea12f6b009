using System.Collections.Immutable;
using System.Globalization;

namespace Kagome.Crystals.Symmetry;

/// <summary>How often crystals have each space group, and how often they occupy its Wyckoff positions.</summary>
/// <remarks>
/// <para>Safe to use from several threads.</para>
/// <para>
/// Source: 54,878 crystals of at most 20 atoms of the Materials Project (CC BY 4.0; A. Jain et al., APL Mater. 1 (2013) 011002), counted by
/// <c>Kagome.Benchmarks occupations</c> at 0.1 Å.
/// </para>
/// </remarks>
internal static class WyckoffOccupations
{
    private const string ResourceName = "wyckoff-occupations.tsv";

    /// <summary>So many crystals of a group outweigh what is usual of positions of the same freedom in any group.</summary>
    private const double Prior = 2;

    private static readonly Lazy<ImmutableArray<GroupCounts>> Table = new(Read);
    private static readonly Lazy<ImmutableArray<double>> OfFreedom = new(MeansOfFreedom);

    /// <summary>Crystals of a group among those that were counted.</summary>
    /// <param name="spaceGroupNumber">1 to 230.</param>
    public static int Crystals(int spaceGroupNumber) => Table.Value[spaceGroupNumber - 1].Crystals;

    /// <summary>Sets of sites that crystals of a group have at a position, on average; above 0.</summary>
    /// <remarks>
    /// (n + 2 m) / (N + 2): n sets in N crystals, and m the mean over all groups for positions with as many free parameters, so that positions
    /// that no crystal has occupied yet stay possible.
    /// </remarks>
    public static double MeanSets(WyckoffPosition position)
    {
        GroupCounts group = Table.Value[position.SpaceGroupNumber - 1];
        double usual = OfFreedom.Value[position.Freedom];
        return (group.Sets.GetValueOrDefault(position.Letter) + (Prior * usual)) / (group.Crystals + Prior);
    }

    private static ImmutableArray<double> MeansOfFreedom()
    {
        double[] sets = new double[4];
        double[] chances = new double[4];
        foreach (
            WyckoffPosition position in Enumerable.Range(1, SpaceGroupNumber.Largest).SelectMany(WyckoffPosition.Of)
        )
        {
            GroupCounts group = Table.Value[position.SpaceGroupNumber - 1];
            sets[position.Freedom] += group.Sets.GetValueOrDefault(position.Letter);
            chances[position.Freedom] += group.Crystals;
        }

        return [.. sets.Zip(chances, (count, all) => count / all)];
    }

    private static ImmutableArray<GroupCounts> Read()
    {
        using Stream stream = typeof(WyckoffOccupations).Assembly.GetManifestResourceStream(ResourceName)!;
        using StreamReader reader = new(stream);
        return
        [
            .. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(GroupCounts.Parse),
        ];
    }

    /// <summary>A row: number, crystals, and letters with their sets, such as <c>a:12 b:7</c>.</summary>
    private sealed record GroupCounts(int Crystals, ImmutableDictionary<char, int> Sets)
    {
        public static GroupCounts Parse(string row)
        {
            string[] columns = row.TrimEnd('\r').Split('\t');
            return new GroupCounts(
                int.Parse(columns[1], CultureInfo.InvariantCulture),
                columns[2]
                    .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .ToImmutableDictionary(text => text[0], text => int.Parse(text[2..], CultureInfo.InvariantCulture))
            );
        }
    }
}
