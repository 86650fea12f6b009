namespace Kagome.Training.Data;

/// <summary>Which crystals of a set make a batch.</summary>
public readonly record struct BatchIndices(int[] Crystals)
{
    /// <summary>Cuts the batch into parts of nearly equal size, none of them empty.</summary>
    public BatchIndices[] Split(int largestPartCount)
    {
        int[] crystals = Crystals;
        int count = Math.Min(largestPartCount, crystals.Length);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(part => new BatchIndices(
                    crystals[(crystals.Length * part / count)..(crystals.Length * (part + 1) / count)]
                )),
        ];
    }
}
