using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Kagome.Models;
using Kagome.Models.OfficialDao;
using Kagome.Models.Tests;
using Kagome.Models.Tests.TorchArchives;
using Kagome.Models.TorchArchives;
using Kagome.Networks;
using Kagome.Prototypes;
using Kagome.Testing;
using static TorchSharp.torch;

namespace Kagome.Fuzzing.Tests;

/// <summary>Model files and rankers: damaged as they are, or in their header, which is then sealed again.</summary>
internal sealed class SafetensorsTarget : FileTarget
{
    private const string SealStart = "\"seal_sha256\":\"";
    private const int SealLength = 64;
    private const int PrefixLength = sizeof(ulong);

    private readonly byte[][] files;

    public SafetensorsTarget()
    {
        using TemporaryFolder folder = new();
        using Checkpoint checkpoint = TestCheckpoints.Make();
        CheckpointFile.Save(folder["model"], checkpoint);
        files = [File.ReadAllBytes(folder["model"]), File.ReadAllBytes(StructureTypeRanker.DefaultPath)];
    }

    public override bool IsPlain => false;

    public override FuzzInput Make(Random random)
    {
        byte[] file = files[random.Next(20) == 0 ? 1 : 0];
        int headerLength = (int)BinaryPrimitives.ReadUInt64LittleEndian(file);
        byte[] header = file[PrefixLength..(PrefixLength + headerLength)];
        Mutator mutator = new(random, [header]);
        return new FuzzInput(
            "model.safetensors",
            random.Next(4) switch
            {
                0 => mutator.Mutate(file),
                1 => Assemble(mutator.Mutate(header), file.AsSpan(PrefixLength + headerLength)),
                _ => Assemble(WithMetadata(header, mutator), file.AsSpan(PrefixLength + headerLength)),
            }
        );
    }

    protected override bool Read(string path)
    {
        bool isFile = Refusal.Allow(() => SafetensorsFile.Read(path).Dispose());
        Refusal.Allow(() => StructureTypeRanker.Load(path));
        Refusal.Allow(() =>
        {
            using Checkpoint checkpoint = CheckpointFile.Load(path);
            using Crysformer? network = checkpoint.Ensemble is null ? checkpoint.CreateNetwork() : null;
        });
        return isFile;
    }

    private static byte[] WithMetadata(byte[] header, Mutator mutator)
    {
        JsonNode root = JsonNode.Parse(header)!;
        JsonObject metadata = root["__metadata__"]!.AsObject();
        string key = mutator.Choose(metadata.Select(pair => pair.Key).Where(key => key != "seal_sha256").ToArray());
        byte[] value = Encoding.UTF8.GetBytes(metadata[key]!.GetValue<string>());
        metadata[key] = Encoding.UTF8.GetString(new Mutator(mutator.Random, [value]).Mutate());
        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }

    private static byte[] Assemble(byte[] header, ReadOnlySpan<byte> data)
    {
        byte[] file = [.. new byte[PrefixLength], .. header, .. data];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)header.Length);
        int seal = file.AsSpan().IndexOf(Encoding.ASCII.GetBytes(SealStart)) + SealStart.Length;
        if (seal >= SealStart.Length && seal + SealLength <= file.Length)
        {
            file.AsSpan(seal, SealLength).Fill((byte)'0');
            Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(file))).CopyTo(file, seal);
        }

        return file;
    }
}

/// <summary>Files of torch.save: damaged as they are, or in their pickle, which is then packed again.</summary>
internal sealed class PickleTarget : FileTarget
{
    private const int DeepestWalk = 8;

    private readonly (string Name, byte[] Content)[][] archives;
    private readonly byte[][] pickles;

    public PickleTarget()
    {
        byte[] tensor = TorchFile.Pickle(
            0x80,
            2,
            "}",
            TorchFile.Text("state_dict"),
            "}",
            TorchFile.Text("w"),
            TorchFile.Tensor(4, 0, [2, 2], [2, 1]),
            "ss."
        );
        archives = [ZipMembers.Of(Corpus.File("prop_scaler.pt")), ZipMembers.Of(TorchFile.Zip(tensor, 1, 2, 3, 4))];
        pickles = [.. archives.Select(archive => archive.Single(entry => IsPickle(entry.Name)).Content)];
    }

    public override bool IsPlain => false;

    public override FuzzInput Make(Random random)
    {
        Mutator mutator = new(random, pickles);
        (string Name, byte[] Content)[] entries = mutator.Choose(archives);
        byte[] file = ZipMembers.Pack(
            entries.Select(entry => IsPickle(entry.Name) ? (entry.Name, mutator.Mutate(entry.Content)) : entry)
        );
        return new FuzzInput("model.pt", mutator.OnceIn(5) ? mutator.Mutate(file) : file);
    }

    protected override bool Read(string path)
    {
        bool isArchive = Refusal.Allow(() =>
        {
            using TorchArchive archive = TorchArchive.Open(path);
            LoadTensors(archive, archive.Root, DeepestWalk);
        });
        Refusal.Allow(() => OfficialCheckpoint.Import(path).Dispose());
        return isArchive;
    }

    private static void LoadTensors(TorchArchive archive, object? value, int depth)
    {
        IEnumerable<object?> parts = value switch
        {
            _ when depth == 0 => [],
            PickledDictionary dictionary => dictionary.Entries.SelectMany(entry => new[] { entry.Key, entry.Value }),
            PickledObject other => [other.State, other.Items, .. other.Arguments, .. other.Elements],
            object?[] tuple => tuple,
            List<object?> list => list,
            _ => [],
        };
        foreach (object? part in parts.Take(20))
        {
            LoadTensors(archive, part, depth - 1);
        }

        if (value is PickledTensor tensor)
        {
            Refusal.Allow(() =>
            {
                using Tensor loaded = archive.Load(tensor);
                Violation.Unless(loaded.shape.SequenceEqual(tensor.Shape), "a tensor has another shape");
            });
        }
    }

    private static bool IsPickle(string name) => name.EndsWith("data.pkl", StringComparison.Ordinal);
}

/// <summary>Several readers of one file, each of which may refuse it.</summary>
internal static class Refusal
{
    /// <returns>Whether it was read.</returns>
    public static bool Allow(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (KagomeException)
        {
            return false;
        }
    }
}
