using System.CommandLine;
using Kagome.Cli.Commands;
using Kagome.Cli.Views;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;
using Kagome.Formats;

namespace Kagome.Benchmarks.Symmetry;

/// <summary>occupations: how often known crystals have each space group, and how often they occupy its Wyckoff positions.</summary>
internal static class OccupationsCommand
{
    private const string Help = """
        Count the space groups of known crystals and the Wyckoff positions that they occupy: the table behind symmetric sampling.

        Example:
          dotnet run -c Release --project bench/Kagome.Benchmarks -- occupations mp20-train.jsonl.gz mp-extra.jsonl.gz > src/Kagome.Crystals/Symmetry/wyckoff-occupations.tsv
        """;

    public static RootCommand CreateRoot()
    {
        Argument<string[]> data = new("FILE") { Description = "The known crystals.", Arity = ArgumentArity.OneOrMore };
        Command command = new("occupations", Help) { data };
        command.SetWork(
            (parsed, cancellation) =>
            {
                CrystalReader reader = new(parsed.GetRequiredValue(data));
                Write(Count(reader.Read(cancellation)), CommandStreams.Of(parsed).Output);
                return Task.FromResult(ExitCode.Success);
            }
        );
        return new RootCommand { command };
    }

    /// <summary>Crystals and, by letter, sets of equivalent sites of each group, from 1 to 230.</summary>
    private static (int Crystals, SortedDictionary<char, int> Sets)[] Count(IEnumerable<CrystalRecord> crystals)
    {
        SymmetryFinder finder = new();
        (int Crystals, SortedDictionary<char, int> Sets)[] groups =
        [
            .. Enumerable.Range(1, SpaceGroupNumber.Largest).Select(_ => (0, new SortedDictionary<char, int>())),
        ];
        foreach (
            CrystalSymmetry symmetry in crystals
                .AsParallel()
                .Select(crystal => finder.Find(crystal.Structure))
                .OfType<CrystalSymmetry>()
        )
        {
            int at = symmetry.Group.Number - 1;
            groups[at].Crystals++;
            foreach (AsymmetricSite unit in symmetry.Standard.AsymmetricUnit)
            {
                groups[at].Sets[unit.WyckoffLetter] = groups[at].Sets.GetValueOrDefault(unit.WyckoffLetter) + 1;
            }
        }

        return groups;
    }

    private static void Write((int Crystals, SortedDictionary<char, int> Sets)[] groups, TextWriter output)
    {
        output.WriteLine("number\tcrystals\tsets");
        foreach ((int at, (int crystals, SortedDictionary<char, int> sets)) in groups.Index())
        {
            output.WriteLine(
                $"{at + 1}\t{crystals}\t{string.Join(' ', sets.Select(pair => $"{pair.Key}:{pair.Value}"))}"
            );
        }
    }
}
