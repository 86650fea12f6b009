using Kagome.Crystals.Compositions;
using Kagome.Crystals.Lattices;

namespace Kagome.Output;

/// <summary>A formula's candidates as candidates.json gives them.</summary>
/// <param name="Formula">As it was given.</param>
/// <param name="ReducedFormula">Of one formula unit.</param>
/// <param name="Origin">What has to be the same for the prediction to come out the same.</param>
/// <param name="Folder">Where the files lie; empty where none were written.</param>
/// <param name="Candidates">Best first; samples that came to no structure last.</param>
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

    /// <summary>A candidate.</summary>
    /// <param name="Rank">From 1, best first.</param>
    /// <param name="Crystal">Which of the different crystals it is, from 1: candidates of one are the same.</param>
    /// <param name="Found">How many candidates are this crystal.</param>
    /// <param name="Generated">How many of them were generated.</param>
    /// <param name="Probability">That it is the crystal of the formula, 0 to 1; null where only the generator was asked.</param>
    /// <param name="Template">The known crystal that it was made from; null where it was generated.</param>
    /// <param name="Composition">All atoms of the cell.</param>
    /// <param name="FormulaUnits">In the cell (Z).</param>
    /// <param name="Valid">Whether it passes the tests of validity.</param>
    /// <param name="Problem">Why it does not; null where it does.</param>
    /// <param name="Cell">Lengths in Å, angles in degrees; null where there is no structure.</param>
    /// <param name="VolumePerAtom">In Å³; null where there is no structure.</param>
    /// <param name="Density">In g/cm³; null where there is no structure.</param>
    /// <param name="ShortestDistance">Of two atoms, in Å, images included; null where there is no structure, or the cell is too skewed to tell.</param>
    /// <param name="EnergyAboveHull">Predicted, in eV/atom; null where no predictor says one.</param>
    /// <param name="EnergyBeforeRelaxation">In eV/atom; null where it was not relaxed.</param>
    /// <param name="Relaxation">Why its relaxation stopped; null where it was not relaxed.</param>
    /// <param name="Concerns">Why its energy may be far off.</param>
    /// <param name="SpaceGroup">Null where none was found.</param>
    /// <param name="Files">Names in the folder; empty where a candidate before it is the same, unless all are kept.</param>
    /// <param name="SymmetrisedFile">The CIF that tells the symmetry; null where there is none to tell.</param>
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
