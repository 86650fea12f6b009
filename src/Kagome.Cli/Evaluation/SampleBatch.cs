namespace Kagome.Cli.Evaluation;

/// <summary>Structures that are made together, on one thread.</summary>
/// <param name="Keys">At least one; cells of one size.</param>
internal sealed record SampleBatch(IReadOnlyList<SampleKey> Keys)
{
    /// <summary>Of each cell.</summary>
    public int AtomCount => Keys[0].Reference.Structure.AtomCount;

    /// <summary>Of all cells.</summary>
    public long Atoms => (long)Keys.Count * AtomCount;
}
