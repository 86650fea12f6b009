using System.Reflection;

namespace Kagome.Work;

/// <summary>Which Kagome does the work.</summary>
internal static class ProgramVersion
{
    /// <summary>Such as 0.1.0, or 0.1.0-dev of a build from source.</summary>
    public static string Number => Of(typeof(ProgramVersion).Assembly);

    /// <summary>What results name as their origin, such as kagome 0.1.0.</summary>
    public static string Program => $"kagome {Number}";

    /// <summary>The version of any assembly, with its suffix and without its commit.</summary>
    public static string Of(Assembly assembly) => Full(assembly)?.Split('+')[0] ?? $"{assembly.GetName().Version}";

    /// <summary>Version and commit, as the SDK writes them; null where it did not.</summary>
    public static string? Full(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
}
