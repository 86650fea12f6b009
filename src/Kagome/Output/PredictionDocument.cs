using System.Text.Json.Serialization;
using Kagome.Crystals.Compositions;
using Kagome.Crystals.Lattices;

namespace Kagome.Output;

/// <summary>A formula's candidates as candidates.json gives them.</summary>
/// <param name="Formula">As it was given.</param>
/// <param name="ReducedFormula">One formula unit.</param>
/// <param name="Origin">What has to be the same for the same candidates.</param>
/// <param name="Folder">The folder with the files; empty where none were written.</param>
/// <param name="Candidates">The best first; samples that came to no structure last.</param>
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
    /// <param name="Rank">Its place among all candidates, from 1.</param>
    /// <param name="Crystal">Which of the different crystals it is, from 1: candidates of one crystal are the same.</param>
    /// <param name="Found">How many candidates are this crystal; 0 of a sample that came to no structure.</param>
    /// <param name="Generated">How many of these the generator made; 0 of a sample that came to no structure.</param>
    /// <param name="Probability">An estimate that it is the right crystal, 0 to 1; null where nothing tells.</param>
    /// <param name="Template">The known crystal that it was made from; null for what the generator made.</param>
    /// <param name="Composition">The atoms of the cell, such as Na4Cl4.</param>
    /// <param name="FormulaUnits">How many the cell has (Z).</param>
    /// <param name="IsValid">Whether no atoms are too close and the cell is one that crystals have.</param>
    /// <param name="Problem">Why it is not valid, or why there is no structure; null where all is well.</param>
    /// <param name="Cell">The lattice parameters; null where there is no structure.</param>
    /// <param name="VolumePerAtom">In Å³; null where there is no structure.</param>
    /// <param name="Density">In g/cm³; null where there is no structure.</param>
    /// <param name="ShortestDistance">Between any two atoms, images included, in Å; null where it was not measured.</param>
    /// <param name="EnergyAboveHull">As the predictor says, in eV/atom; null where it was not asked.</param>
    /// <param name="EnergyBeforeRelaxation">The same before the relaxation, in eV/atom; null where nothing was relaxed.</param>
    /// <param name="Relaxation">Why the relaxation stopped; null where nothing was relaxed.</param>
    /// <param name="Concerns">Why the energy may be wrong.</param>
    /// <param name="SpaceGroup">Its symmetry; null where none was found.</param>
    /// <param name="Files">Names of its files in the folder; empty where another candidate of the same crystal has them.</param>
    /// <param name="SymmetrisedFile">The name of the CIF with its asymmetric unit; null where there is none.</param>
    public sealed record Entry(
        int Rank,
        int Crystal,
        int Found,
        int Generated,
        double? Probability,
        TemplateDocument? Template,
        string Composition,
        int FormulaUnits,
        [property: JsonPropertyName("valid")] bool IsValid,
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
                candidate.Concerns,
                SymmetryDocument.Of(candidate.Symmetry),
                files,
                symmetrisedFile
            );

        internal static Entry Of(FailedSample failure, Composition cell, int rank, int crystal) =>
            new(
                rank,
                crystal,
                0,
                0,
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
