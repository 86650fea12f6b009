using System.IO.Compression;
using System.Text;

namespace Kagome.Models.Tests.TorchArchives;

/// <summary>Assembles PyTorch archives by hand, well-formed or not.</summary>
internal static class TorchFile
{
    /// <summary>Pickle opcodes, written out: one token is text as it is, or the bytes of a number.</summary>
    public static byte[] Pickle(params object[] tokens) =>
        [
            .. tokens.SelectMany(token =>
                token switch
                {
                    string text => Encoding.Latin1.GetBytes(text),
                    byte[] bytes => bytes,
                    _ => [Convert.ToByte(token)],
                }
            ),
        ];

    /// <summary>The opcode for a text of up to 255 characters.</summary>
    public static byte[] Text(string text) => [0x8c, (byte)text.Length, .. Encoding.ASCII.GetBytes(text)];

    /// <summary>The opcodes of a float32 tensor in storage "0".</summary>
    public static byte[] Tensor(byte elementCount, byte offset, byte[] shape, byte[] strides) =>
        Pickle(
            "ctorch._utils\n_rebuild_tensor_v2\n((",
            Text("storage"),
            "ctorch\nFloatStorage\n",
            Text("0"),
            Text("cpu"),
            "K",
            elementCount,
            "tQK",
            offset,
            "(",
            shape.SelectMany(number => new[] { (byte)'K', number }).ToArray(),
            "t(",
            strides.SelectMany(number => new[] { (byte)'K', number }).ToArray(),
            "t",
            0x89,
            "ccollections\nOrderedDict\n)RtR"
        );

    public static byte[] Zip(byte[] pickle, params float[] storage) =>
        Zip(CompressionLevel.NoCompression, ("x/data.pkl", pickle), ("x/data/0", Bytes(storage)));

    public static byte[] Zip(CompressionLevel level, params (string Name, byte[] Content)[] entries)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create))
        {
            foreach ((string name, byte[] content) in entries)
            {
                using Stream entry = archive.CreateEntry(name, level).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    private static byte[] Bytes(float[] numbers) => [.. numbers.SelectMany(BitConverter.GetBytes)];
}
