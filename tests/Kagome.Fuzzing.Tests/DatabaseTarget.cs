using Kagome.Crystals.Structures;
using Kagome.Formats;
using Kagome.Testing;

namespace Kagome.Fuzzing.Tests;

/// <summary>Databases of ASE, damaged anywhere: in pages, in the schema, in rows.</summary>
internal sealed class DatabaseTarget : FileTarget
{
    private const int SmallRows = 3;

    private readonly byte[][] files;

    public DatabaseTarget()
    {
        using TemporaryFolder folder = new();
        CrystalRecord[] records =
        [
            .. Corpus
                .Folder("jsonl")
                .SelectMany(file => DataSet.Read(Corpus.PathOf($"jsonl/{file.Name}")).Records(_ => { }))
                .Select(record => record with { Labels = record.Labels.SetItem("band gap", 1).SetItem("energy", -2) }),
        ];
        StructureFile.Write(folder["small.db"], [.. records.Take(SmallRows)]);
        StructureFile.Write(folder["large.db"], [.. Enumerable.Repeat(records, 20).SelectMany(all => all)]);
        files = [File.ReadAllBytes(folder["small.db"]), File.ReadAllBytes(folder["large.db"])];
    }

    public override bool IsPlain => false;

    public override FuzzInput Make(Random random)
    {
        Mutator mutator = new(random, files);
        byte[] file = mutator.Choose(files);
        return new FuzzInput("a.db", random.Next(3) == 0 ? mutator.Mutate(file) : Scratched(random, file));
    }

    protected override bool Read(string path) =>
        CrystalChecks.Check(DataSet.Read(path), (int)new FileInfo(path).Length);

    /// <summary>A few other bytes, the file's length as it was: what is moved makes most databases unreadable at once.</summary>
    private static byte[] Scratched(Random random, byte[] file)
    {
        byte[] scratched = [.. file];
        for (int more = random.Next(1, 5); more > 0; more--)
        {
            scratched[random.Next(scratched.Length)] = (byte)random.Next(256);
        }

        return scratched;
    }
}
