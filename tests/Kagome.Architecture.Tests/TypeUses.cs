using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;

namespace Kagome.Architecture.Tests;

/// <summary>Which types of an assembly use which others of it: in signatures, fields, bases, attributes and code.</summary>
/// <remarks>Constants and names that the compiler wrote down (<c>nameof</c>) leave no trace.</remarks>
internal sealed class TypeUses
{
    private const BindingFlags Declared =
        BindingFlags.Public
        | BindingFlags.NonPublic
        | BindingFlags.Static
        | BindingFlags.Instance
        | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    private readonly Assembly assembly;
    private readonly HashSet<(Type User, Type Used)> uses = [];

    private TypeUses(Assembly assembly) => this.assembly = assembly;

    /// <summary>Pairs of types that are not nested; what a nested type uses, the outer one does.</summary>
    public static IReadOnlySet<(Type User, Type Used)> Of(Assembly assembly)
    {
        TypeUses found = new(assembly);
        foreach (Type type in assembly.GetTypes())
        {
            found.Add(type);
        }

        return found.uses;
    }

    private void Add(Type type)
    {
        Add(type, [type.BaseType, .. type.GetInterfaces()]);
        Add(type, type.CustomAttributes.Select(attribute => attribute.AttributeType));
        Add(type, type.GetFields(Declared).Select(field => field.FieldType));
        foreach (MethodBase method in type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared)))
        {
            Add(type, method.GetParameters().Select(parameter => parameter.ParameterType));
            Add(type, [(method as MethodInfo)?.ReturnType]);
            if (method.GetMethodBody() is { } body)
            {
                Add(type, body.LocalVariables.Select(local => local.LocalType));
                AddCode(type, method, body.GetILAsByteArray()!);
            }
        }
    }

    private void AddCode(Type type, MethodBase method, ReadOnlySpan<byte> code)
    {
        Type[]? ofType = type.IsGenericType ? type.GetGenericArguments() : null;
        Type[]? ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        while (code.Length > 0)
        {
            bool isLong = code[0] == 0xFE;
            OpCode op = OpCodesByValue[isLong ? (short)(0xFE00 | code[1]) : code[0]];
            code = code[(isLong ? 2 : 1)..];
            if (
                op.OperandType
                is OperandType.InlineMethod
                    or OperandType.InlineField
                    or OperandType.InlineType
                    or OperandType.InlineTok
            )
            {
                int token = BinaryPrimitives.ReadInt32LittleEndian(code);
                Add(type, Types(type.Module.ResolveMember(token, ofType, ofMethod)));
            }

            code = code[Size(op.OperandType, code)..];
        }
    }

    private static IEnumerable<Type?> Types(MemberInfo? member) =>
        member switch
        {
            Type type => [type],
            FieldInfo field => [field.DeclaringType, field.FieldType],
            MethodBase method =>
            [
                method.DeclaringType,
                (method as MethodInfo)?.ReturnType,
                .. method.GetParameters().Select(parameter => parameter.ParameterType),
                .. method.IsGenericMethod ? method.GetGenericArguments() : [],
            ],
            _ => [],
        };

    private static int Size(OperandType operand, ReadOnlySpan<byte> rest) =>
        operand switch
        {
            OperandType.InlineNone => 0,
            OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
            OperandType.InlineVar => 2,
            OperandType.InlineI8 or OperandType.InlineR => 8,
            OperandType.InlineSwitch => 4 + (4 * BinaryPrimitives.ReadInt32LittleEndian(rest)),
            _ => 4,
        };

    private void Add(Type user, IEnumerable<Type?> used)
    {
        foreach (Type type in used.OfType<Type>())
        {
            AddParts(Outermost(user), type);
        }
    }

    private void AddParts(Type user, Type used)
    {
        if (used.HasElementType)
        {
            AddParts(user, used.GetElementType()!);
            return;
        }

        if (used.IsGenericParameter)
        {
            return;
        }

        foreach (Type argument in used.IsGenericType ? used.GetGenericArguments() : [])
        {
            AddParts(user, argument);
        }

        Type outer = Outermost(used);
        if (outer.Assembly == assembly && outer != user)
        {
            uses.Add((user, outer));
        }
    }

    private static Type Outermost(Type type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type.IsGenericType ? type.GetGenericTypeDefinition() : type;
    }
}
