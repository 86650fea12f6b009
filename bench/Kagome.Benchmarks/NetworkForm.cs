namespace Kagome.Benchmarks;

/// <summary>Two ways to evaluate the same network.</summary>
internal enum NetworkForm
{
    /// <summary>Factored attention, as the product evaluates it.</summary>
    Product,

    /// <summary>An edge vector for every pair of atoms, as the paper writes it.</summary>
    Literal,
}
