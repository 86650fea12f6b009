using Kagome.Core.Lattices;
using Kagome.Sampling.Relaxation;

namespace Kagome.Cli.Prediction;

/// <summary>A formula's candidates as candidates.json and --json give them.</summary>
internal sealed record PredictionDocument(
    string Formula,
    string ReducedFormula,
    PredictionOrigin Origin,
    string Folder,
    IReadOnlyList<PredictionDocument.Entry> Candidates
)
{
    public static PredictionDocument Of(
        PredictionTarget target,
        IEnumerable<Candidate> candidates,
        PredictionOrigin origin,
        string folder,
        Func<Candidate, IReadOnlyList<string>> files,
        Func<Candidate, string?> symmetrisedFile
    ) =>
        new(
            target.Formula,
            target.Composition.Reduced.Formula,
            origin,
            folder,
            [
                .. candidates.Select(candidate =>
                    Entry.Of(candidate, target, files(candidate), symmetrisedFile(candidate))
                ),
            ]
        );

    /// <summary>Lengths in Å, angles in degrees, volumes in Å³, energies in eV/atom. Candidates of one <c>crystal</c> are the same; it was <c>found</c> so many times, and the first has files.</summary>
    public sealed record Entry(
        int Rank,
        int Crystal,
        int Found,
        string Composition,
        int FormulaUnits,
        bool Valid,
        string? Problem,
        LatticeParameters? Cell,
        double? VolumePerAtom,
        double? ShortestDistance,
        double? EnergyAboveHull,
        double? EnergyBeforeRelaxation,
        RelaxationEnd? Relaxation,
        IReadOnlyList<string> Concerns,
        SymmetryDescription? SpaceGroup,
        IReadOnlyList<string> Files,
        string? SymmetrisedFile
    )
    {
        public static Entry Of(
            Candidate candidate,
            PredictionTarget target,
            IReadOnlyList<string> files,
            string? symmetrisedFile
        ) =>
            new(
                candidate.Rank,
                candidate.Crystal,
                candidate.Found,
                target.Cell(candidate.Z).Formula,
                candidate.Z,
                candidate.IsValid,
                candidate.Problem,
                candidate.Structure?.Lattice.Parameters,
                candidate.Structure?.VolumePerAtom,
                candidate.ShortestDistanceAngstrom,
                candidate.Energy,
                candidate.EnergyBeforeRelaxation,
                candidate.RelaxationEnd,
                candidate.Concerns,
                SymmetryDescription.Of(candidate.Symmetry),
                files,
                symmetrisedFile
            );
    }
}
