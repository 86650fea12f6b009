using Kagome.Networks;

namespace Kagome.Benchmarks.Attention;

/// <summary>What `kagome bench attention` measures; the defaults are the paper's network and sizes.</summary>
internal sealed record AttentionSettings
{
    public IReadOnlyList<int> AtomCounts { get; init; } = [8, 20, 52];

    /// <summary>Of a network of random weights.</summary>
    public CrysformerConfiguration Shape { get; init; } = new();

    /// <summary>Name or file of a model in the place of random weights.</summary>
    public string? Model { get; init; }

    /// <summary>Atoms of the batches that the product may choose from; at least one crystal each.</summary>
    public IReadOnlyList<int> ProductBatchAtoms { get; init; } = [64, 128, 256, 512];

    /// <summary>Pairs of atoms of the batches that the literal form may choose from; at least one crystal each.</summary>
    public IReadOnlyList<int> LiteralBatchPairs { get; init; } = [1, 1000, 4000];

    public int Repetitions { get; init; } = 5;

    public int Workers { get; init; } = Environment.ProcessorCount;

    public long Seed { get; init; } = 1;

    /// <summary>Rows of the matrices whose products tell the machine's rate.</summary>
    public int ProductSize { get; init; } = 1024;

    /// <summary>Whether to start a process for each form and size, to see what memory it takes.</summary>
    public bool MeasuresMemory { get; init; } = true;

    /// <summary>Fewer repetitions and batches to choose from.</summary>
    public AttentionSettings Quick() =>
        this with
        {
            Repetitions = 3,
            ProductBatchAtoms = [256],
            LiteralBatchPairs = [1000],
        };
}
