using System.Collections.Frozen;
using System.Numerics;
using static TorchSharp.torch;

namespace Kagome.Models.TorchArchives;

/// <summary>What the few names mean that PyTorch writes for tensors; everything else becomes a note of itself.</summary>
/// <param name="storageByteCount">Bytes that the archive holds for a storage's key; null for unknown keys.</param>
internal sealed class TorchPickle(Func<string, long?> storageByteCount)
{
    private static readonly FrozenDictionary<string, ScalarType> StorageTypes = new Dictionary<string, ScalarType>
    {
        ["torch.DoubleStorage"] = ScalarType.Float64,
        ["torch.FloatStorage"] = ScalarType.Float32,
        ["torch.HalfStorage"] = ScalarType.Float16,
        ["torch.BFloat16Storage"] = ScalarType.BFloat16,
        ["torch.LongStorage"] = ScalarType.Int64,
        ["torch.IntStorage"] = ScalarType.Int32,
        ["torch.ShortStorage"] = ScalarType.Int16,
        ["torch.CharStorage"] = ScalarType.Int8,
        ["torch.ByteStorage"] = ScalarType.Byte,
        ["torch.BoolStorage"] = ScalarType.Bool,
    }.ToFrozenDictionary();

    private readonly SortedDictionary<string, int> skipped = new(StringComparer.Ordinal);

    /// <summary>How often the pickle asked for a class or function that we neither know nor call, by name.</summary>
    public IReadOnlyDictionary<string, int> Skipped => skipped;

    public object Call(object? callee, object?[] arguments)
    {
        string name = callee switch
        {
            PickledGlobal global => global.Name,
            PickledObject other => other.ClassName,
            _ => throw new PickleException("a value is called that is no name of a class or function"),
        };
        switch (name)
        {
            case "collections.OrderedDict" when arguments.Length == 0:
                return new PickledDictionary();
            case "torch._utils._rebuild_parameter" when arguments is [PickledTensor tensor, ..]:
                return tensor;
            case "torch._utils._rebuild_tensor_v2" when arguments.Length >= 4:
                return PickledTensors.Make(arguments);
            default:
                skipped[name] = skipped.GetValueOrDefault(name) + 1;
                return new PickledObject(name, arguments);
        }
    }

    /// <summary>Keeps the state of an unknown object. That of known ones, as attributes of an OrderedDict, says nothing.</summary>
    public static void Build(object? target, object? state)
    {
        switch (target)
        {
            case PickledObject other:
                other.State = state;
                break;
            case PickledDictionary or PickledTensor:
                break;
            default:
                throw new PickleException("a state is given to a value that can have none");
        }
    }

    /// <summary>Finds the storage that a persistent identifier names.</summary>
    public PickledStorage Resolve(object? identifier)
    {
        object?[] parts = identifier as object?[] ?? [];
        if (parts is not ["storage", PickledGlobal type, string key, _, long elementCount, ..])
        {
            throw new PickleException(
                parts is ["storage", PickledGlobal, string name, _, BigInteger huge, ..]
                    ? $"storage '{name}' is to hold a number of {huge.GetBitLength()} bits of numbers; expected as many as the archive has for it"
                    : "a persistent identifier of another kind than PyTorch's storages"
            );
        }

        if (!StorageTypes.TryGetValue(type.Name, out ScalarType scalar))
        {
            throw new PickleException(
                $"storage '{key}' is a {type.Name}; expected one of {string.Join(", ", StorageTypes.Keys.Order())}"
            );
        }

        long size = SafetensorsTypes.ElementSize(scalar);
        long? byteCount = storageByteCount(key);
        if (byteCount is null || elementCount < 0 || elementCount != byteCount / size || byteCount % size != 0)
        {
            throw new PickleException(
                $"storage '{key}' is to hold {elementCount} numbers of {size} bytes; the archive has {byteCount?.ToString() ?? "no"} bytes for it"
            );
        }

        return new PickledStorage(key, scalar, elementCount);
    }
}
