namespace Kagome.Training.Data;

/// <summary>Which crystals of an atom count make a batch.</summary>
public readonly record struct BatchIndices(int AtomCount, int[] Crystals)
{
    /// <summary>Cuts the batch into parts of nearly equal size, none of them empty.</summary>
    public BatchIndices[] Split(int largestPartCount)
    {
        int count = Math.Min(largestPartCount, Crystals.Length);
        BatchIndices[] parts = new BatchIndices[count];
        for (int part = 0; part < count; part++)
        {
            parts[part] = this with
            {
                Crystals = Crystals[(Crystals.Length * part / count)..(Crystals.Length * (part + 1) / count)],
            };
        }

        return parts;
    }
}
