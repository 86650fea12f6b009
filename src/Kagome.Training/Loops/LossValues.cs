using Kagome.Processes.Losses;
using TorchSharp;

namespace Kagome.Training.Loops;

/// <summary>The terms of a loss as numbers.</summary>
/// <param name="Lattice">Mean square error of the lattices' noise.</param>
/// <param name="Coordinates">Mean square error of the coordinates' normalised score.</param>
/// <param name="Energy">Energy term, times its weight; null where nothing had a label.</param>
internal readonly record struct LossValues(double Lattice, double Coordinates, double? Energy)
{
    public double Total => Lattice + Coordinates + (Energy ?? 0);

    public static LossValues Of(TrainingLosses losses) =>
        new(losses.Lattice.ToDouble(), losses.Coordinates.ToDouble(), losses.Energy?.ToDouble());

    public static LossValues operator +(LossValues left, LossValues right) =>
        new(
            left.Lattice + right.Lattice,
            left.Coordinates + right.Coordinates,
            left.Energy is null ? right.Energy : left.Energy + (right.Energy ?? 0)
        );

    public static LossValues operator *(LossValues values, double factor) =>
        new(values.Lattice * factor, values.Coordinates * factor, values.Energy * factor);
}
