using System.Xml.Linq;
using Kagome.Testing;

namespace Kagome.Models.Tests;

/// <summary>That a program without libtorch is told what to add is tested by eng/samples.sh.</summary>
public sealed class LibtorchTests
{
    [Theory]
    [InlineData("TorchSharp", Libtorch.TorchSharpVersion)]
    [InlineData("libtorch-cpu-linux-x64", Libtorch.Version)]
    [InlineData("libtorch-cpu-osx-arm64", Libtorch.Version)]
    [InlineData("libtorch-cpu-win-x64", Libtorch.Version)]
    public void Versions_that_users_are_told_are_those_of_the_build(string package, string version)
    {
        XDocument packages = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props"));
        string stated = packages
            .Descendants("PackageVersion")
            .Single(element => element.Attribute("Include")?.Value == package)
            .Attribute("Version")!
            .Value;
        Assert.Equal(
            version,
            stated.StartsWith("$(", StringComparison.Ordinal)
                ? packages.Descendants(stated[2..^1]).Single().Value
                : stated
        );
    }
}
