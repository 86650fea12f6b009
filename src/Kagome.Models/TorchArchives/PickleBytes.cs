using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Kagome.Models.TorchArchives;

/// <summary>Reads the arguments of pickle opcodes; never beyond the end.</summary>
internal sealed class PickleBytes(byte[] pickle)
{
    private const int LongestInteger = 256;
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public int Position { get; private set; }

    public byte Byte() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public double Double() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    public byte[] Bytes(ulong count) => Take(count).ToArray();

    public string Text(ulong count)
    {
        try
        {
            return StrictUtf8.GetString(Take(count));
        }
        catch (DecoderFallbackException)
        {
            throw new PickleException($"the text before byte {Position} is no UTF-8");
        }
    }

    /// <summary>Text of Python 2, one character per byte.</summary>
    public string OldText(ulong count) => Encoding.Latin1.GetString(Take(count));

    /// <summary>Up to the next line feed, which is passed over.</summary>
    public string Line()
    {
        int length = pickle.AsSpan(Position).IndexOf((byte)'\n');
        if (length < 0)
        {
            throw new PickleException($"the line at byte {Position} does not end");
        }

        string line = Text((ulong)length);
        Position++;
        return line;
    }

    /// <summary>A two's complement integer: long where it fits, else a big integer.</summary>
    public object Integer(ulong count)
    {
        if (count > LongestInteger)
        {
            throw new PickleException($"an integer of {count} bytes; expected at most {LongestInteger}");
        }

        BigInteger number = new(Take(count));
        return number >= long.MinValue && number <= long.MaxValue ? (object)(long)number : number;
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)(pickle.Length - Position))
        {
            throw new PickleException($"cut off at byte {pickle.Length}, within a value of {count} bytes");
        }

        ReadOnlySpan<byte> bytes = pickle.AsSpan(Position, (int)count);
        Position += (int)count;
        return bytes;
    }
}

/// <summary>A pickle that is malformed or beyond what we read; becomes a <see cref="CheckpointException"/> with its file.</summary>
internal sealed class PickleException(string message) : Exception(message);
