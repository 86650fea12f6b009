using System.Reflection;

namespace Kagome.Architecture.Tests;

/// <summary>Namespaces of a project use each other in one direction only.</summary>
public sealed class NamespaceTests
{
    public static TheoryData<string> Projects => [.. ProjectFile.Under("src").Select(project => project.Name)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Namespaces_of_a_project_have_no_cycles(string project) =>
        Assert.Empty(InCycles(ProductAssemblies.Find(project)));

    private static IEnumerable<string> InCycles(Assembly assembly)
    {
        ILookup<(string From, string To), string> arrows = Arrows(assembly);
        ILookup<string, string> next = arrows
            .Select(arrow => arrow.Key)
            .ToLookup(arrow => arrow.From, arrow => arrow.To);
        return arrows
            .Where(arrow => Reached(arrow.Key.To, next).Contains(arrow.Key.From))
            .Select(arrow => $"{arrow.Key.From} -> {arrow.Key.To}: {Examples(arrow)}");
    }

    private static ILookup<(string From, string To), string> Arrows(Assembly assembly) =>
        TypeUses
            .Of(assembly)
            .Where(use => IsOurs(use.User) && IsOurs(use.Used) && use.User.Namespace != use.Used.Namespace)
            .ToLookup(use => (use.User.Namespace!, use.Used.Namespace!), use => $"{use.User.Name} -> {use.Used.Name}");

    /// <summary>Compilers and source generators add types of their own, as does the test of top-level statements.</summary>
    private static bool IsOurs(Type type) =>
        type.Namespace?.StartsWith(nameof(Kagome), StringComparison.Ordinal) == true && !type.Name.StartsWith('<');

    private static HashSet<string> Reached(string start, ILookup<string, string> next)
    {
        HashSet<string> reached = [];
        Stack<string> open = new([start]);
        while (open.TryPop(out string? at))
        {
            foreach (string name in next[at].Where(reached.Add))
            {
                open.Push(name);
            }
        }

        return reached;
    }

    private static string Examples(IEnumerable<string> uses)
    {
        string[] all = [.. uses.Order(StringComparer.Ordinal)];
        return string.Join(", ", all.Take(3)) + (all.Length > 3 ? $" and {all.Length - 3} more" : "");
    }
}
