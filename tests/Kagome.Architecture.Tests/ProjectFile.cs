using System.Xml.Linq;
using Kagome.Testing;

namespace Kagome.Architecture.Tests;

/// <summary>What a .csproj file of this checkout says.</summary>
internal sealed class ProjectFile
{
    private readonly XDocument document;

    private ProjectFile(string path)
    {
        document = XDocument.Load(path);
        Name = Path.GetFileNameWithoutExtension(path);
        RelativePath = Path.GetRelativePath(Repository.Root, path).Replace('\\', '/');
    }

    /// <summary>Such as Kagome.Crystals.</summary>
    public string Name { get; }

    /// <summary>From the root of the checkout, with forward slashes.</summary>
    public string RelativePath { get; }

    /// <summary>Names of the projects that this one references itself.</summary>
    public IEnumerable<string> ProjectReferences =>
        Includes("ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

    /// <summary>Assemblies that see its internals.</summary>
    public IEnumerable<string> Friends => Includes("InternalsVisibleTo");

    public IEnumerable<string> PackageReferences => Includes("PackageReference");

    /// <summary>File names of the imported .props and .targets.</summary>
    public IEnumerable<string> Imports =>
        document
            .Descendants("Import")
            .Select(import => import.Attribute("Project")?.Value ?? "")
            .Select(path => Path.GetFileName(path.Replace('\\', '/')));

    /// <summary>The projects one folder below src or tests.</summary>
    public static IReadOnlyList<ProjectFile> Under(string folder) =>
        [
            .. Directory
                .EnumerateDirectories(Path.Combine(Repository.Root, folder))
                .SelectMany(project => Directory.EnumerateFiles(project, "*.csproj"))
                .Order(StringComparer.Ordinal)
                .Select(path => new ProjectFile(path)),
        ];

    private IEnumerable<string> Includes(string item) =>
        document.Descendants(item).Select(element => element.Attribute("Include")?.Value ?? "");
}
