using System.Reflection;
using System.Xml.Linq;

namespace Kagome.Architecture.Tests;

/// <summary>What users of the libraries see.</summary>
public sealed class FaceTests
{
    private const BindingFlags Visible =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Static
        | BindingFlags.Instance
        | BindingFlags.DeclaredOnly;

    public static TheoryData<string> Faces => [.. ProductAssemblies.Faces];

    [Theory]
    [MemberData(nameof(Faces))]
    public void Signatures_name_no_type_of_TorchSharp(string face) =>
        Assert.Empty(
            PublicTypes(face)
                .SelectMany(type =>
                    Signatures(type)
                        .Where(signature => signature.Types.SelectMany(Parts).Any(IsOfTorchSharp))
                        .Select(signature => $"{type.FullName}.{signature.Name}")
                )
        );

    /// <summary>Values (records, enumerations, exceptions) cannot change, so that nothing is to be said of them.</summary>
    [Theory]
    [MemberData(nameof(Faces))]
    public void Classes_say_in_their_remarks_what_threads_may_do(string face)
    {
        Dictionary<string, string> remarks = XDocument
            .Load(Path.ChangeExtension(ProductAssemblies.Find(face).Location, ".xml"))
            .Descendants("member")
            .ToDictionary(member => member.Attribute("name")!.Value, member => $"{member.Element("remarks")?.Value}");
        Assert.Empty(
            PublicTypes(face)
                .Where(type => type is { IsClass: true, IsNested: false } && !IsStatic(type) && !IsValue(type))
                .Where(type =>
                    !remarks
                        .GetValueOrDefault($"T:{type.FullName}", "")
                        .Contains("thread", StringComparison.OrdinalIgnoreCase)
                )
                .Select(type => type.FullName)
        );
    }

    [Theory]
    [MemberData(nameof(Faces))]
    public void Records_cannot_change(string face) =>
        Assert.Empty(
            PublicTypes(face)
                .Where(IsRecord)
                .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
                .Where(property => property.SetMethod is { IsPublic: true } set && !IsInit(set))
                .Select(property => $"{property.DeclaringType}.{property.Name}")
        );

    private static Type[] PublicTypes(string face) => ProductAssemblies.Find(face).GetExportedTypes();

    private static IEnumerable<(string Name, IEnumerable<Type> Types)> Signatures(Type type)
    {
        yield return ("(bases)", [type.BaseType ?? typeof(object), .. type.GetInterfaces()]);
        foreach (FieldInfo field in type.GetFields(Visible).Where(field => field.IsPublic || field.IsFamily))
        {
            yield return (field.Name, [field.FieldType]);
        }

        foreach (MethodBase method in type.GetMethods(Visible).Concat<MethodBase>(type.GetConstructors(Visible)))
        {
            if (method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly)
            {
                yield return (
                    method.Name,
                    [
                        (method as MethodInfo)?.ReturnType ?? typeof(void),
                        .. method.GetParameters().Select(parameter => parameter.ParameterType),
                    ]
                );
            }
        }
    }

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!)
        : type.IsGenericType ? [type, .. type.GetGenericArguments().SelectMany(Parts)]
        : [type];

    private static bool IsOfTorchSharp(Type type) => type.Assembly.GetName().Name == "TorchSharp";

    private static bool IsStatic(Type type) => type is { IsAbstract: true, IsSealed: true };

    private static bool IsValue(Type type) =>
        IsRecord(type) || type.IsSubclassOf(typeof(Exception)) || type.IsSubclassOf(typeof(Delegate));

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    private static bool IsInit(MethodInfo set) =>
        set
            .ReturnParameter.GetRequiredCustomModifiers()
            .Contains(typeof(System.Runtime.CompilerServices.IsExternalInit));
}
