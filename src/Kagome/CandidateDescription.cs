using Kagome.Crystals.Lattices;
using Kagome.Crystals.Neighbors;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;
using Kagome.Crystals.Validity;
using Kagome.Models;
using Kagome.Prototypes;

namespace Kagome;

/// <summary>Makes candidates of samples: validity and symmetry, relaxation where that is asked for, and energies where there is a predictor.</summary>
internal sealed class CandidateDescription(PredictionOptions options, EnergyPredictor? energies)
{
    /// <summary>In Å: the tolerance for crystals whose atoms are on their symmetric places.</summary>
    private const double Exact = 1e-3;

    /// <summary>A relaxation that changes the volume by more makes another crystal: samples and proposals are off by less.</summary>
    private const double LargestVolumeChange = 0.15;

    private static readonly string AnotherCrystal = FormattableString.Invariant(
        $"relaxation would change the volume by more than {100 * LargestVolumeChange:0} %, and is not taken: the model may not know this crystal"
    );

    private readonly ConstrainedStructures constrained = new(options.Constraints, options.Symprec);

    /// <summary>The candidates of proposals, then of those samples that came to a structure, in their order.</summary>
    public async Task<Candidate[]> OfAsync(
        IReadOnlyList<Proposal> proposals,
        IReadOnlyList<(PlannedSample Sample, GeneratedCrystal Crystal)> samples,
        CancellationToken cancellation
    )
    {
        IEnumerable<Candidate> known = proposals.Select(proposal => new Candidate
        {
            Structure = proposal.Structure,
            AsFound = proposal.Structure,
            Proposal = proposal,
        });
        IEnumerable<Candidate> generated = samples
            .Where(pair => pair.Crystal.Structure is not null)
            .Select(pair =>
            {
                Structure? fitted = constrained.Fit(pair.Crystal.Structure!);
                Structure found = fitted ?? pair.Crystal.Structure!;
                return new Candidate
                {
                    Structure = found,
                    AsFound = found,
                    Problem = fitted is null ? constrained.Misfit : null,
                    Trajectory = pair.Crystal.Trajectory,
                    Generated = 1,
                };
            });
        Candidate[] candidates = known
            .Concat(generated)
            .AsParallel()
            .AsOrdered()
            .WithCancellation(cancellation)
            .Select(Describe)
            .ToArray(); // here the caller takes part; where it is enumerated, callers on pool threads only wait
        if (energies is not null)
        {
            await RelaxAsync(energies, candidates, cancellation).ConfigureAwait(false);
            await AddEnergiesAsync(energies, candidates, cancellation).ConfigureAwait(false);
        }

        return candidates;
    }

    private Candidate Describe(Candidate candidate)
    {
        Structure structure = candidate.AsFound;
        string? problem = candidate.Problem ?? StructureValidity.Problem(structure);
        CrystalSymmetry? symmetry = problem is null ? constrained.Symmetry(structure) : null;
        return candidate with
        {
            Structure = symmetry is null ? structure : symmetry.In(options.OutputCell),
            Problem = problem ?? constrained.Problem(symmetry),
            ShortestDistance = NiggliReduction.TryReduce(structure.Lattice, out _)
                ? PeriodicDistances.Shortest(structure)
                : null,
            Symmetry = symmetry,
        };
    }

    private async Task RelaxAsync(EnergyPredictor predictor, Candidate[] candidates, CancellationToken cancellation)
    {
        if (options.Relaxation is not { } relaxation)
        {
            return;
        }

        RelaxedCrystal?[] relaxed = await predictor
            .RelaxAsync(
                [
                    .. candidates.Select(candidate => new PreparedCell(
                        (relaxation.KeepsSymmetry ? candidate.Symmetry?.Symmetrised : null) ?? candidate.AsFound,
                        candidate.Problem
                    )),
                ],
                relaxation with
                {
                    Symprec = Exact, // the symmetry that was chosen, and no higher one that is near
                },
                null,
                cancellation
            )
            .ConfigureAwait(false);
        for (int at = 0; at < candidates.Length; at++)
        {
            if (relaxed[at] is { } crystal)
            {
                candidates[at] = Relaxed(candidates[at], crystal);
            }
        }
    }

    /// <summary>A candidate after its relaxation; as it was, with the reason, where that made another crystal of it.</summary>
    private Candidate Relaxed(Candidate candidate, RelaxedCrystal relaxed)
    {
        double change = (relaxed.Structure.VolumePerAtom / candidate.AsFound.VolumePerAtom) - 1;
        return Math.Abs(change) > LargestVolumeChange
            ? candidate with
            {
                Concerns = [AnotherCrystal],
            }
            : Describe(
                candidate with
                {
                    AsFound = relaxed.Structure,
                    EnergyBeforeRelaxation = relaxed.EnergyBefore,
                    RelaxationEnd = relaxed.End,
                }
            );
    }

    private static async Task AddEnergiesAsync(
        EnergyPredictor predictor,
        Candidate[] candidates,
        CancellationToken cancellation
    )
    {
        PreparedCell[] cells = predictor.Prepare(
            [.. candidates.Select(candidate => new CrystalRecord("", candidate.AsFound))],
            cancellation
        );
        double?[] found = await predictor.EnergiesAsync(cells, null, cancellation).ConfigureAwait(false);
        for (int at = 0; at < candidates.Length; at++)
        {
            if (found[at] is { } energy)
            {
                candidates[at] = candidates[at] with
                {
                    EnergyAboveHull = energy,
                    Concerns = [.. candidates[at].Concerns, .. predictor.Concerns(candidates[at].AsFound)],
                };
            }
        }
    }
}
