using Kagome.Checkpoints;
using Kagome.Cli.Prediction;
using Kagome.Core.Structures;

namespace Kagome.Cli.Energies;

/// <summary>The cell in which a model is asked of a crystal, or why it cannot be.</summary>
internal readonly record struct JudgedCell(Structure Cell, string? Problem)
{
    /// <summary>The standard cell of a structure, so that every description of a crystal gets the same energy.</summary>
    public static JudgedCell Of(Structure structure, Checkpoint model, CancellationToken cancellation)
    {
        if (StructureValidity.Problem(structure) is { } invalid)
        {
            return new JudgedCell(structure, invalid);
        }

        try
        {
            Structure standard = StandardCell.Of(structure, cancellation);
            PredictionLimits.CheckCell(standard.Composition, model);
            return new JudgedCell(standard, null);
        }
        catch (Exception exception) when (exception is ArgumentException or BadInputException)
        {
            return new JudgedCell(structure, exception.Message);
        }
    }
}
