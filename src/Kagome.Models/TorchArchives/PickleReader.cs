using static Kagome.Models.TorchArchives.PickleOpcode;

namespace Kagome.Models.TorchArchives;

/// <summary>Reads pickles of protocols 2 to 5 as data. Nothing that a pickle names is ever looked up or run.</summary>
/// <remarks>
/// <para>
/// Python's pickles are programs that may call any function. Here a name is a <see cref="PickledGlobal"/>, and calling one
/// makes a <see cref="PickledObject"/> that notes what was to be called with what, except where
/// <see cref="TorchPickle"/> knows the plain data that is meant.
/// </para>
/// <para>
/// Bounds: the opcodes are counted, each adds at most one value, none recurses, every length is checked against the bytes
/// left, and what was remembered is never copied; so time and memory grow no faster than the pickle.
/// </para>
/// </remarks>
internal sealed class PickleReader
{
    private const int LatestProtocol = 5;
    private const int LargestOpcodeCount = 4_000_000; // some 100,000 tensors
    private const int LongestName = 1_000;

    private readonly PickleBytes bytes;
    private readonly TorchPickle torch;
    private readonly PickleStack stack = new();

    private PickleReader(byte[] pickle, TorchPickle torch)
    {
        bytes = new PickleBytes(pickle);
        this.torch = torch;
    }

    /// <returns>
    /// null, bool, long, <see cref="System.Numerics.BigInteger"/>, double, string, byte[], object[] for tuples,
    /// List&lt;object&gt; for lists and sets, or one of the types of this folder.
    /// </returns>
    /// <exception cref="PickleException">Malformed, or of an opcode that we do not read.</exception>
    public static object? Read(byte[] pickle, TorchPickle torch)
    {
        PickleReader reader = new(pickle, torch);
        int count = 0;
        while ((PickleOpcode)reader.bytes.Byte() is var opcode && opcode != Stop)
        {
            if (++count > LargestOpcodeCount)
            {
                throw new PickleException($"more than {LargestOpcodeCount} opcodes");
            }

            if (!(reader.TryReadValue(opcode) || reader.TryReadContainer(opcode) || reader.TryReadMachinery(opcode)))
            {
                throw new PickleException(
                    $"opcode 0x{(byte)opcode:x2} at byte {reader.bytes.Position - 1}, which Kagome does not read"
                );
            }
        }

        return reader.stack.Pop();
    }

    private bool TryReadValue(PickleOpcode opcode)
    {
        object? value;
        switch (opcode)
        {
            case PickleOpcode.None:
                value = null;
                break;
            case NewTrue or NewFalse:
                value = opcode == NewTrue;
                break;
            case BinInt:
                value = (long)bytes.Int32();
                break;
            case BinInt1:
                value = (long)bytes.Byte();
                break;
            case BinInt2:
                value = (long)bytes.UInt16();
                break;
            case Long1:
                value = bytes.Integer(bytes.Byte());
                break;
            case Long4:
                value = bytes.Integer(bytes.UInt32());
                break;
            case BinFloat:
                value = bytes.Double();
                break;
            default:
                return TryReadText(opcode);
        }

        stack.Push(value);
        return true;
    }

    private bool TryReadText(PickleOpcode opcode)
    {
        object? value = opcode switch
        {
            BinString => bytes.OldText(bytes.UInt32()),
            ShortBinString => bytes.OldText(bytes.Byte()),
            BinUnicode => bytes.Text(bytes.UInt32()),
            ShortBinUnicode => bytes.Text(bytes.Byte()),
            BinUnicode8 => bytes.Text(bytes.UInt64()),
            BinBytes => bytes.Bytes(bytes.UInt32()),
            ShortBinBytes => bytes.Bytes(bytes.Byte()),
            BinBytes8 or ByteArray8 => bytes.Bytes(bytes.UInt64()),
            Global => Named(bytes.Line(), bytes.Line()),
            _ => null,
        };
        if (value is not null)
        {
            stack.Push(value);
        }

        return value is not null;
    }

    private bool TryReadContainer(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case EmptyList or EmptySet:
                stack.Push(new List<object?>());
                break;
            case PickleOpcode.List or FrozenSet:
                stack.Push(new List<object?>(stack.PopToMark()));
                break;
            case Append:
                Extend(stack.Pop(1));
                break;
            case Appends or AddItems:
                Extend(stack.PopToMark());
                break;
            case EmptyTuple:
                stack.Push(Array.Empty<object?>());
                break;
            case PickleOpcode.Tuple:
                stack.Push(stack.PopToMark());
                break;
            case Tuple1 or Tuple2 or Tuple3:
                stack.Push(stack.Pop(opcode - Tuple1 + 1));
                break;
            case EmptyDict:
                stack.Push(new PickledDictionary());
                break;
            case Dict:
                object?[] items = stack.PopToMark();
                stack.Push(new PickledDictionary());
                SetItems(items);
                break;
            case SetItem:
                SetItems(stack.Pop(2));
                break;
            case PickleOpcode.SetItems:
                SetItems(stack.PopToMark());
                break;
            default:
                return false;
        }

        return true;
    }

    private bool TryReadMachinery(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case Mark:
                stack.Mark();
                break;
            case Pop when stack.TryPopMark():
                break;
            case Pop:
                stack.Pop();
                break;
            case PopMark:
                stack.PopToMark();
                break;
            case Dup:
                stack.Push(stack.Top);
                break;
            case BinGet:
                stack.Recall(bytes.Byte());
                break;
            case LongBinGet:
                stack.Recall(bytes.UInt32());
                break;
            case BinPut:
                stack.Remember(bytes.Byte());
                break;
            case LongBinPut:
                stack.Remember(bytes.UInt32());
                break;
            case Memoize:
                stack.Remember();
                break;
            case Frame:
                bytes.UInt64(); // a hint for reading ahead
                break;
            case Proto when bytes.Byte() is var protocol && protocol > LatestProtocol:
                throw new PickleException($"protocol {protocol}; expected 2 to {LatestProtocol}");
            case Proto:
                break;
            default:
                return TryReadObject(opcode);
        }

        return true;
    }

    private bool TryReadObject(PickleOpcode opcode)
    {
        object?[] arguments;
        switch (opcode)
        {
            case StackGlobal:
                string name = stack.Pop<string>("a name");
                stack.Push(Named(stack.Pop<string>("a module"), name));
                break;
            case Reduce or NewObj:
                arguments = stack.Pop<object?[]>("a tuple of arguments");
                stack.Push(torch.Call(stack.Pop(), arguments));
                break;
            case NewObjEx:
                object? named = stack.Pop();
                arguments = stack.Pop<object?[]>("a tuple of arguments");
                stack.Push(torch.Call(stack.Pop(), [arguments, named]));
                break;
            case Inst:
                PickledGlobal type = Named(bytes.Line(), bytes.Line());
                stack.Push(torch.Call(type, stack.PopToMark()));
                break;
            case Obj:
                arguments = stack.PopToMark();
                stack.Push(torch.Call(arguments.FirstOrDefault(), [.. arguments.Skip(1)]));
                break;
            case Build:
                object? state = stack.Pop();
                TorchPickle.Build(stack.Top, state);
                break;
            case BinPersId:
                stack.Push(torch.Resolve(stack.Pop()));
                break;
            default:
                return false;
        }

        return true;
    }

    private static PickledGlobal Named(string module, string name) =>
        module.Length + name.Length <= LongestName
            ? new PickledGlobal($"{module}.{name}")
            : throw new PickleException(
                $"a name of {module.Length + name.Length} letters; expected at most {LongestName}"
            );

    private void Extend(object?[] items)
    {
        List<object?> list = stack.Top switch
        {
            List<object?> plain => plain,
            PickledObject other => other.MutableElements,
            _ => throw new PickleException("a value of another kind where a list belongs"),
        };
        list.AddRange(items);
    }

    private void SetItems(object?[] items)
    {
        if (items.Length % 2 != 0)
        {
            throw new PickleException("a dictionary key without a value");
        }

        PickledDictionary dictionary = stack.Top switch
        {
            PickledDictionary plain => plain,
            PickledObject other => other.MutableItems,
            _ => throw new PickleException("a value of another kind where a dictionary belongs"),
        };
        for (int i = 0; i < items.Length; i += 2)
        {
            dictionary.Add(items[i], items[i + 1]);
        }
    }
}
