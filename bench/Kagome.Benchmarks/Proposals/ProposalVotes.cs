using Kagome.Cli.Views;
using Kagome.Crystals.Structures;

namespace Kagome.Benchmarks.Proposals;

/// <summary>Samples of a generator as votes for the proposals that they match: a probability counts 1 + weight x share of the samples.</summary>
internal static class ProposalVotes
{
    private static readonly double[] Weights = [0, 0.5, 1, 2, 4, 8, 16];

    public static void Run(
        JudgedCrystal[] all,
        IEnumerable<CrystalRecord> samples,
        TextWriter output,
        CancellationToken cancellation
    )
    {
        ILookup<string, Structure> sampled = samples.ToLookup(sample => sample.Id, sample => sample.Structure);
        (JudgedCrystal Crystal, double[] Votes, bool IsSampleRight)[] voted =
        [
            .. all.Where(crystal => sampled.Contains(crystal.Crystal.Id))
                .AsParallel()
                .AsOrdered()
                .WithCancellation(cancellation)
                .Select(crystal =>
                {
                    Structure[] own = [.. sampled[crystal.Crystal.Id]];
                    double Share(Structure structure) =>
                        own.Average(sample =>
                            JudgedCrystal.Matcher.Compare(structure, sample, cancellation).IsMatch ? 1.0 : 0
                        );
                    return (
                        crystal,
                        crystal.Proposals.Select(proposal => Share(proposal.Structure)).ToArray(),
                        JudgedCrystal.Matcher.Compare(own[0], crystal.Crystal.Structure, cancellation).IsMatch
                    );
                }),
        ];
        output.WriteLine(
            $"{voted.Length} crystals; their first sample is right for {voted.Average(one => one.IsSampleRight ? 1.0 : 0):P2}, that or the first proposal for {voted.Average(one => one.IsSampleRight || one.Crystal.IsRight[0] ? 1.0 : 0):P2}"
        );
        TextTable table = new("weight", "first right", "of the one half", "of the other");
        foreach (double weight in Weights)
        {
            double[] right = [.. voted.Select(one => IsRight(one.Crystal, one.Votes, weight) ? 1.0 : 0)];
            table.Add(
                $"{weight}",
                $"{right.Average():P2}",
                $"{right.Where((_, at) => at % 2 == 0).Average():P2}",
                $"{right.Where((_, at) => at % 2 == 1).Average():P2}"
            );
        }

        table.Write(output);
    }

    private static bool IsRight(JudgedCrystal crystal, double[] votes, double weight) =>
        crystal.IsRight[
            Enumerable
                .Range(0, votes.Length)
                .MaxBy(at => (crystal.Proposals[at].Probability ?? 1) * (1 + (weight * votes[at])))
        ];
}
