namespace Kagome.Training.Data;

/// <summary>Which crystals of an atom count make a batch.</summary>
public readonly record struct BatchIndices(int AtomCount, int[] Crystals);
