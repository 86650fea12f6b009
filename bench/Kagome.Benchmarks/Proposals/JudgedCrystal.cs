using Kagome.Crystals.Matching;
using Kagome.Crystals.Structures;
using Kagome.Prototypes;

namespace Kagome.Benchmarks.Proposals;

/// <summary>A known crystal, what is proposed for its composition, and which of it is right.</summary>
internal sealed record JudgedCrystal(CrystalRecord Crystal, IReadOnlyList<Proposal> Proposals, bool[] IsRight)
{
    private const int Most = 4;

    public static StructureMatcher Matcher { get; } = new(MatcherOptions.Csp);

    /// <summary>The crystals for which anything is proposed.</summary>
    public static JudgedCrystal[] Of(
        IReadOnlyList<CrystalRecord> crystals,
        KnownStructureOptions options,
        CancellationToken cancellation
    )
    {
        using KnownStructures known = KnownStructures.Load(options);
        return
        [
            .. crystals
                .AsParallel()
                .AsOrdered()
                .WithCancellation(cancellation)
                .Select(crystal =>
                {
                    IReadOnlyList<Proposal> proposals = known.FindCell(
                        crystal.Structure.Composition,
                        Most,
                        template => template.IsOf(crystal.Structure.Composition)
                    );
                    return new JudgedCrystal(
                        crystal,
                        proposals,
                        [
                            .. proposals.Select(proposal =>
                                Matcher.Compare(proposal.Structure, crystal.Structure, cancellation).IsMatch
                            ),
                        ]
                    );
                })
                .Where(judged => judged.Proposals.Count > 0)
                .ToArray(),
        ];
    }
}
