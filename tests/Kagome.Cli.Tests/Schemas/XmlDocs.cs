using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Kagome.Cli.Tests.Schemas;

/// <summary>What the docstrings of the code say, read from the files that the compiler makes of them.</summary>
internal sealed partial class XmlDocs
{
    private readonly Dictionary<Assembly, Dictionary<string, XElement>> assemblies = [];

    /// <summary>Of a type; null where there is none.</summary>
    public string? Of(Type type) => Text(Member(type.Assembly, $"T:{Name(type)}")?.Element("summary"));

    /// <summary>Of a property, or of the parameter that it comes from; null where there is none.</summary>
    public string? Of(PropertyInfo property)
    {
        Type type = property.DeclaringType!;
        return Text(Member(type.Assembly, $"P:{Name(type)}.{property.Name}")?.Element("summary"))
            ?? Text(
                Member(type.Assembly, $"T:{Name(type)}")
                    ?.Elements("param")
                    .FirstOrDefault(parameter => parameter.Attribute("name")?.Value == property.Name)
            );
    }

    /// <summary>Of a value of an enumeration; null where there is none.</summary>
    public string? Of(Type enumeration, string value) =>
        Text(Member(enumeration.Assembly, $"F:{Name(enumeration)}.{value}")?.Element("summary"));

    private static string Name(Type type) => type.FullName!.Replace('+', '.');

    private XElement? Member(Assembly assembly, string name)
    {
        if (!assemblies.TryGetValue(assembly, out Dictionary<string, XElement>? members))
        {
            string path = Path.ChangeExtension(assembly.Location, ".xml");
            members = !File.Exists(path)
                ? []
                : XDocument
                    .Load(path)
                    .Descendants("member")
                    .ToDictionary(member => member.Attribute("name")!.Value, member => member);
            assemblies.Add(assembly, members);
        }

        return members.GetValueOrDefault(name);
    }

    /// <summary>Words alone: a reference is the field's name in JSON, a constant's value, or its last name.</summary>
    private static string? Text(XElement? element)
    {
        if (element is null)
        {
            return null;
        }

        string words = string.Concat(
            element
                .DescendantNodes()
                .Select(node =>
                    node switch
                    {
                        XText text => text.Value,
                        XElement reference => Reference(
                            (reference.Attribute("cref") ?? reference.Attribute("name"))?.Value ?? ""
                        ),
                        _ => "",
                    }
                )
        );
        words = Blanks().Replace(words, " ").Trim();
        return words.Length == 0 ? null : words;
    }

    private static string Reference(string reference)
    {
        string name = reference.Split('.', ':')[^1];
        return reference.Split(':')[0] switch
        {
            "P" => JsonNamingPolicy.SnakeCaseLower.ConvertName(name),
            "F" when Constant(reference[2..^(name.Length + 1)], name) is { } value => Convert.ToString(
                value,
                CultureInfo.InvariantCulture
            )!,
            _ => name,
        };
    }

    private static object? Constant(string type, string name) =>
        AppDomain
            .CurrentDomain.GetAssemblies()
            .Select(assembly => assembly.GetType(type)?.GetField(name))
            .FirstOrDefault(field => field is { IsLiteral: true, DeclaringType.IsEnum: false })
            ?.GetRawConstantValue();

    [GeneratedRegex(@"\s+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Blanks();
}
