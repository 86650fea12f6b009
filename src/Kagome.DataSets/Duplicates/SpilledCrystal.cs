using Kagome.Core.Structures;

namespace Kagome.DataSets.Duplicates;

/// <summary>A crystal as it lies in a shard.</summary>
/// <param name="Order">How many crystals were added before it.</param>
/// <param name="Set">Its data set.</param>
/// <param name="Formula">See <see cref="Splits.FormulaHash"/>.</param>
/// <param name="Record">All that is known of it.</param>
internal sealed record SpilledCrystal(int Order, CrystalSet Set, ulong Formula, CrystalRecord Record);
