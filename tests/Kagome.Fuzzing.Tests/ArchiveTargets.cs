using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using System.Text.Json.Nodes;
using Kagome.Formats;
using Kagome.Formats.PymatgenJson;
using Kagome.Prototypes;
using Kagome.Prototypes.Tests;
using Kagome.Testing;

namespace Kagome.Fuzzing.Tests;

/// <summary>Compressed files and archives of crystals: damaged as they are, in their members, or in the names of these.</summary>
internal sealed class ArchiveTarget : FileTarget
{
    private static readonly string[] Folders = ["cif", "poscar", "extxyz", "json", "jsonl", "csv"];

    private readonly (string Name, byte[] Content)[] packed = Corpus.Folder("archives", IsPacked);
    private readonly (string Name, byte[] Content)[] plain = [.. Folders.SelectMany(name => Corpus.Folder(name))];

    public override bool IsPlain => false;

    public override FuzzInput Make(Random random)
    {
        Mutator mutator = new(random, [.. plain.Select(file => file.Content)]);
        (string Name, byte[] Content) file = random.Next(4) switch
        {
            0 => mutator.Choose(packed),
            1 => Compressed(mutator),
            2 => ("a.zip", ZipMembers.Pack(Members(mutator))),
            _ => Tarred(mutator),
        };
        return new FuzzInput(file.Name, mutator.OnceIn(2) ? mutator.Mutate(file.Content) : file.Content);
    }

    protected override bool Read(string path) =>
        CrystalChecks.Check(DataSet.Read(path), (int)new FileInfo(path).Length);

    private static bool IsPacked(string path) =>
        Path.GetExtension(path) is ".gz" or ".bz2" or ".xz" or ".zip" or ".tar" or ".tgz";

    private (string Name, byte[] Content) Compressed(Mutator mutator)
    {
        (string name, byte[] content) = mutator.Choose(plain);
        return ($"{name}.gz", Gzip(mutator.Mutate(content)));
    }

    private (string Name, byte[] Content) Tarred(Mutator mutator)
    {
        using MemoryStream stream = new();
        using (TarWriter writer = new(stream, mutator.Choose(Enum.GetValues<TarEntryFormat>()[1..]), leaveOpen: true))
        {
            foreach ((string name, byte[] content) in Members(mutator))
            {
                writer.WriteEntry(
                    new UstarTarEntry(TarEntryType.RegularFile, name.Length is > 0 and < 90 ? name : "a.cif")
                    {
                        DataStream = new MemoryStream(content),
                    }
                );
            }
        }

        return mutator.OnceIn(2) ? ("a.tar", stream.ToArray()) : ("a.tar.gz", Gzip(stream.ToArray()));
    }

    private IEnumerable<(string Name, byte[] Content)> Members(Mutator mutator)
    {
        for (int more = 0; more == 0 || (more < 6 && !mutator.OnceIn(3)); more++)
        {
            (string name, byte[] content) = mutator.Choose(plain);
            string folder = mutator.Choose(["", "", "mp-1/", "../", "/", "C:\\", ".hidden/"]);
            yield return (
                mutator.OnceIn(4)
                    ? Encoding.ASCII.GetString(mutator.Mutate(Encoding.ASCII.GetBytes(name))).Replace('\0', '_')
                    : folder + name,
                mutator.OnceIn(2) ? mutator.Mutate(content) : content
            );
        }
    }

    private static byte[] Gzip(byte[] content)
    {
        using MemoryStream stream = new();
        using (GZipStream gzip = new(stream, CompressionLevel.Fastest))
        {
            gzip.Write(content);
        }

        return stream.ToArray();
    }
}

/// <summary>The members of zip archives.</summary>
internal static class ZipMembers
{
    public static (string Name, byte[] Content)[] Of(byte[] file)
    {
        using ZipArchive archive = new(new MemoryStream(file));
        return [.. archive.Entries.Select(entry => (entry.FullName, Content(entry)))];
    }

    /// <summary>Stored as they are, as PyTorch does.</summary>
    public static byte[] Pack(IEnumerable<(string Name, byte[] Content)> members)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create))
        {
            foreach ((string name, byte[] content) in members)
            {
                using Stream entry = archive
                    .CreateEntry(name.Length is > 0 and < 1000 ? name : "_", CompressionLevel.NoCompression)
                    .Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    private static byte[] Content(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using MemoryStream content = new();
        stream.CopyTo(content);
        return content.ToArray();
    }
}

/// <summary>Libraries of prototypes: damaged as they are, in their head, or in a block, with checksums that are right again.</summary>
internal sealed class PrototypeTarget : FileTarget
{
    private const int PrefixLength = 20;
    private const int LengthAt = 12;
    private const int ChecksumAt = 16;

    private readonly byte[] file;
    private readonly int headLength;

    public PrototypeTarget()
    {
        using TemporaryFolder folder = new();
        TypicalCrystals.Library(TypicalCrystals.Dozen).Write(folder["library"]);
        file = File.ReadAllBytes(folder["library"]);
        headLength = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(LengthAt));
    }

    private byte[] Head => file[PrefixLength..(PrefixLength + headLength)];

    private byte[] Blocks => file[(PrefixLength + headLength)..];

    public override bool IsPlain => false;

    public override FuzzInput Make(Random random)
    {
        Mutator mutator = new(random, [Head]);
        return new FuzzInput(
            "mine.prototypes",
            random.Next(4) switch
            {
                0 => mutator.Mutate(file),
                1 => Assemble(mutator.Mutate(Head), Blocks),
                _ => WithBlock(mutator),
            }
        );
    }

    protected override bool Read(string path)
    {
        using PrototypeLibrary library = PrototypeLibrary.Open(path);
        bool isAnyRead = false;
        foreach (AnonymousFormula formula in library.Formulas)
        {
            Refusal.Allow(() =>
            {
                foreach (KnownCrystal crystal in library.Find(formula)?.Crystals ?? [])
                {
                    CrystalChecks.Check(new(crystal.Id, crystal.Structure), new PymatgenJsonFormat());
                }

                isAnyRead = true;
            });
        }

        return isAnyRead;
    }

    /// <summary>The first block with damaged numbers, behind the others.</summary>
    private byte[] WithBlock(Mutator mutator)
    {
        JsonNode head = JsonNode.Parse(Head)!;
        JsonNode entry = mutator.Choose(head["Blocks"]!.AsArray().ToArray())!;
        int offset = entry["Offset"]!.GetValue<int>();
        using MemoryStream unpacked = new();
        using (
            BrotliStream brotli = new(
                new MemoryStream(Blocks, offset, entry["Length"]!.GetValue<int>()),
                CompressionMode.Decompress
            )
        )
        {
            brotli.CopyTo(unpacked);
        }

        using MemoryStream packed = new();
        using (BrotliStream brotli = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            brotli.Write(mutator.Mutate(unpacked.ToArray()));
        }

        byte[] block = packed.ToArray();
        (entry["Offset"], entry["Length"]) = (Blocks.Length, block.Length);
        entry["Checksum"] = Crc32.HashToUInt32(block);
        return Assemble(Encoding.UTF8.GetBytes(head.ToJsonString()), [.. Blocks, .. block]);
    }

    private byte[] Assemble(byte[] head, byte[] blocks)
    {
        byte[] assembled = [.. file.AsSpan(0, PrefixLength), .. head, .. blocks];
        BinaryPrimitives.WriteInt32LittleEndian(assembled.AsSpan(LengthAt), head.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(assembled.AsSpan(ChecksumAt), Crc32.HashToUInt32(head));
        return assembled;
    }
}
