using Kagome.Crystals.Compositions;
using Kagome.Crystals.Lattices;

namespace Kagome.Output;

/// <summary>A formula's candidates as candidates.json gives them.</summary>
public sealed record PredictionDocument(
    string Formula,
    string ReducedFormula,
    PredictionOrigin Origin,
    string Folder,
    IReadOnlyList<PredictionDocument.Entry> Candidates
)
{
    /// <summary>What candidates.json would say, without files.</summary>
    public static PredictionDocument Of(Prediction prediction) => Of(prediction, "", _ => [], _ => null);

    internal static PredictionDocument Of(
        Prediction prediction,
        string folder,
        Func<Candidate, IReadOnlyList<string>> files,
        Func<Candidate, string?> symmetrisedFile
    ) =>
        new(
            prediction.Formula,
            prediction.Plan.Composition.Reduced.Formula,
            prediction.Origin,
            folder,
            [
                .. prediction.Candidates.Select(candidate =>
                    Entry.Of(
                        candidate,
                        Cell(prediction, candidate.FormulaUnits),
                        files(candidate),
                        symmetrisedFile(candidate)
                    )
                ),
                .. prediction.Failures.Select(
                    (failure, at) =>
                        Entry.Of(
                            failure,
                            Cell(prediction, failure.FormulaUnits),
                            prediction.Candidates.Count + at + 1,
                            prediction.Crystals.Count() + at + 1
                        )
                ),
            ]
        );

    private static Composition Cell(Prediction prediction, int formulaUnits) =>
        prediction.Plan.Composition.Reduced.Times(formulaUnits);

    /// <summary>Lengths in Å, angles in degrees, volumes in Å³, densities in g/cm³, energies in eV/atom. Candidates of one <c>crystal</c> are the same; it was <c>found</c> so many times, and the first has files.</summary>
    public sealed record Entry(
        int Rank,
        int Crystal,
        int Found,
        int Generated,
        double? Probability,
        TemplateDocument? Template,
        string Composition,
        int FormulaUnits,
        bool Valid,
        string? Problem,
        LatticeParameters? Cell,
        double? VolumePerAtom,
        double? Density,
        double? ShortestDistance,
        double? EnergyAboveHull,
        double? EnergyBeforeRelaxation,
        RelaxationEnd? Relaxation,
        IReadOnlyList<string> Concerns,
        SymmetryDocument? SpaceGroup,
        IReadOnlyList<string> Files,
        string? SymmetrisedFile
    )
    {
        internal static Entry Of(
            Candidate candidate,
            Composition cell,
            IReadOnlyList<string> files,
            string? symmetrisedFile
        ) =>
            new(
                candidate.Rank,
                candidate.Crystal,
                candidate.Found,
                candidate.Generated,
                candidate.Probability,
                TemplateDocument.Of(candidate.Proposal),
                cell.Formula,
                candidate.FormulaUnits,
                candidate.IsValid,
                candidate.Problem,
                candidate.Structure.Lattice.Parameters,
                candidate.Structure.VolumePerAtom,
                candidate.Structure.Density,
                candidate.ShortestDistance,
                candidate.EnergyAboveHull,
                candidate.EnergyBeforeRelaxation,
                candidate.RelaxationEnd,
                candidate.Cautions,
                SymmetryDocument.Of(candidate.Symmetry),
                files,
                symmetrisedFile
            );

        internal static Entry Of(FailedSample failure, Composition cell, int rank, int crystal) =>
            new(
                rank,
                crystal,
                1,
                1,
                null,
                null,
                cell.Formula,
                failure.FormulaUnits,
                false,
                failure.Problem,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                [],
                null,
                [],
                null
            );
    }
}
