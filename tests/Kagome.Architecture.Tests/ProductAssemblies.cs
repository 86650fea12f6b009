using System.Reflection;

namespace Kagome.Architecture.Tests;

/// <summary>What the projects below src were compiled to.</summary>
internal static class ProductAssemblies
{
    /// <summary>The libraries that a user calls; those below them may speak of tensors.</summary>
    public static readonly string[] Faces =
    [
        "Kagome",
        "Kagome.Campaigns",
        "Kagome.DataSets",
        "Kagome.Evaluation",
        "Kagome.Reports",
        "Kagome.Training",
    ];

    public static IReadOnlyList<Assembly> All { get; } =
    [.. ProjectFile.Under("src").Select(project => Assembly.Load(new AssemblyName(project.Name)))];

    public static Assembly Find(string name) => All.Single(assembly => assembly.GetName().Name == name);
}
