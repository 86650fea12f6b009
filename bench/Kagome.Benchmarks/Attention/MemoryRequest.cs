using Kagome.Networks;

namespace Kagome.Benchmarks.Attention;

/// <summary>What a process is started for: one form and size, so that nothing done before hides what it takes.</summary>
internal sealed record MemoryRequest(
    NetworkForm Form,
    int Atoms,
    int Crystals,
    string? Model,
    CrysformerConfiguration Shape,
    long Seed
);
