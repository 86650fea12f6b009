using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text.Json;
using Kagome.Crystals.Elements;
using Kagome.Formats;
using Microsoft.Win32.SafeHandles;

namespace Kagome.Prototypes;

/// <summary>A library in one file: a description, an index, and a compressed block for each anonymous formula.</summary>
/// <remarks>
/// <para>
/// "KAGOMEPT", version (int32), length of the head (int32), its checksum (uint32, CRC-32), the head as JSON, then the blocks. All numbers are
/// little-endian. Each block is Brotli of columns (<see cref="PrototypeBlock"/>), with a checksum in the index.
/// </para>
/// <para>Nothing but the head is read until a formula is asked for.</para>
/// </remarks>
internal sealed class PrototypeFile : IDisposable
{
    private const int Version = 1;
    private const int PrefixLength = 20;
    private const int LargestHead = 16 * 1024 * 1024;
    private const int LargestBlock = 256 * 1024 * 1024;

    private static readonly byte[] Magic = "KAGOMEPT"u8.ToArray();

    private static readonly JsonSerializerOptions Strict = new()
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private readonly string path;
    private readonly SafeFileHandle handle;
    private readonly long start;
    private readonly Dictionary<AnonymousFormula, BlockEntry> index;

    private PrototypeFile(string path, SafeFileHandle handle, long start, Head head)
    {
        (this.path, this.handle, this.start) = (path, handle, start);
        Description = head.Description;
        index = head.Blocks.ToDictionary(block => new AnonymousFormula(block.Counts));
    }

    public PrototypeLibraryDescription Description { get; }

    /// <summary>Where it lies.</summary>
    public string Path => path;

    public IEnumerable<AnonymousFormula> Formulas => index.Keys.Order();

    /// <summary>How many crystals a formula has.</summary>
    public int CrystalCount(AnonymousFormula formula) => index.GetValueOrDefault(formula)?.Crystals ?? 0;

    /// <exception cref="PrototypeLibraryException">It is no library, cut off, damaged, or of another version.</exception>
    public static PrototypeFile Open(string path)
    {
        SafeFileHandle opened = File.OpenHandle(path);
        try
        {
            byte[] prefix = new byte[PrefixLength];
            bool isWhole = TryRead(opened, prefix, 0);
            if (!isWhole || !prefix.AsSpan(0, Magic.Length).SequenceEqual(Magic))
            {
                throw new PrototypeLibraryException(
                    path,
                    "is no library of prototypes; expected a file that `kagome prototypes build` wrote."
                );
            }

            int version = BinaryPrimitives.ReadInt32LittleEndian(prefix.AsSpan(8));
            if (version != Version)
            {
                throw new PrototypeLibraryException(
                    path,
                    $"is a library of version {version}; this program reads version {Version}. Build it again."
                );
            }

            int length = BinaryPrimitives.ReadInt32LittleEndian(prefix.AsSpan(12));
            byte[] text = length is > 0 and <= LargestHead ? new byte[length] : [];
            bool isIntact =
                text.Length > 0
                && TryRead(opened, text, PrefixLength)
                && Crc32.HashToUInt32(text) == BinaryPrimitives.ReadUInt32LittleEndian(prefix.AsSpan(16));
            Head head =
                (isIntact ? JsonSerializer.Deserialize<Head>(text, Strict) : null)
                ?? throw Damaged(path, "its head is cut off or changed");
            head.Check();
            return new PrototypeFile(path, opened, PrefixLength + length, head);
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or OverflowException)
        {
            opened.Dispose();
            throw Damaged(path, "its head cannot be read", exception);
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>The crystals of a formula; null where there are none.</summary>
    public PrototypeGroup? Read(AnonymousFormula formula)
    {
        if (!index.TryGetValue(formula, out BlockEntry? entry))
        {
            return null;
        }

        byte[] packed = entry.Length is > 0 and <= LargestBlock ? new byte[entry.Length] : [];
        if (
            packed.Length == 0
            || !TryRead(handle, packed, start + entry.Offset)
            || Crc32.HashToUInt32(packed) != entry.Checksum
        )
        {
            throw Damaged(path, $"the crystals of {formula} are cut off or changed");
        }

        try
        {
            using BrotliStream unpacked = new(new MemoryStream(packed), CompressionMode.Decompress);
            return PrototypeBlock.Read(unpacked, formula, Description.Sources);
        }
        catch (Exception exception)
            when (exception
                    is IOException
                        or InvalidDataException
                        or ArgumentException
                        or OverflowException
                        or FormatException
            )
        {
            throw Damaged(path, $"the crystals of {formula} cannot be read", exception);
        }
    }

    public static void Write(string path, PrototypeLibraryDescription description, IEnumerable<PrototypeGroup> groups)
    {
        using MemoryStream blocks = new();
        List<BlockEntry> entries = [];
        foreach (PrototypeGroup group in groups)
        {
            using MemoryStream packed = new();
            using (BrotliStream brotli = new(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            {
                PrototypeBlock.Write(brotli, group, description.Sources);
            }

            byte[] bytes = packed.ToArray();
            entries.Add(
                new BlockEntry(
                    [.. group.Formula.Counts],
                    group.Crystals.Length,
                    blocks.Length,
                    bytes.Length,
                    Crc32.HashToUInt32(bytes)
                )
            );
            blocks.Write(bytes);
        }

        byte[] head = JsonSerializer.SerializeToUtf8Bytes(new Head(description, entries));
        byte[] prefix = new byte[PrefixLength];
        Magic.CopyTo(prefix, 0);
        BinaryPrimitives.WriteInt32LittleEndian(prefix.AsSpan(8), Version);
        BinaryPrimitives.WriteInt32LittleEndian(prefix.AsSpan(12), head.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(prefix.AsSpan(16), Crc32.HashToUInt32(head));
        AtomicFile.Write(
            path,
            file =>
            {
                file.Write(prefix);
                file.Write(head);
                blocks.WriteTo(file);
            }
        );
    }

    public void Dispose() => handle.Dispose();

    private static bool TryRead(SafeFileHandle file, Span<byte> bytes, long offset)
    {
        while (!bytes.IsEmpty)
        {
            int read = RandomAccess.Read(file, bytes, offset);
            if (read == 0)
            {
                return false;
            }

            bytes = bytes[read..];
            offset += read;
        }

        return true;
    }

    private static PrototypeLibraryException Damaged(string path, string problem, Exception? cause = null) =>
        new(path, $"is damaged: {problem}. Get the file again, or build it again.", cause);

    private sealed record Head(PrototypeLibraryDescription Description, IReadOnlyList<BlockEntry> Blocks)
    {
        /// <exception cref="ArgumentException">Something is missing that JSON need not have.</exception>
        public void Check()
        {
            bool isWhole =
                Blocks.All(block => block is { Counts.IsDefaultOrEmpty: false, Offset: >= 0, Crystals: > 0 })
                && Description.Sources.All(source => source is not null)
                && Description.AtomicVolumes.Count == Element.LargestAtomicNumber + 1
                && Description.AtomicVolumes.All(volume => double.IsFinite(volume) && volume >= 0);
            if (!isWhole)
            {
                throw new ArgumentException("A block, a source or a volume is missing.");
            }
        }
    }

    private sealed record BlockEntry(ImmutableArray<int> Counts, int Crystals, long Offset, int Length, uint Checksum);
}
