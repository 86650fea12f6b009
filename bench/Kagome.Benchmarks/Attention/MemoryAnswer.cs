namespace Kagome.Benchmarks.Attention;

/// <summary>What a process says of its own memory, in bytes; null where the system does not tell.</summary>
internal sealed record MemoryAnswer(long? Forward, long? Training);
