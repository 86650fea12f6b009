using Kagome.Core.Structures;

namespace Kagome.Evaluation.Scoring;

/// <summary>Structural validity with a bound on the time that it takes.</summary>
internal static class SampleValidity
{
    /// <summary>Time grows with the square of the atoms: this many take some seconds.</summary>
    private const int MostMeasuredAtoms = 2000;

    public static string? StructureProblem(Structure structure) =>
        structure.AtomCount > MostMeasuredAtoms
            ? $"not measured: more than {MostMeasuredAtoms} atoms"
            : StructureValidity.Problem(structure);
}
