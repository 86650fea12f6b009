using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Kagome.Formats.Tests.Cif;
using Kagome.Formats.Text;

namespace Kagome.Formats.Tests.Archives;

public sealed class ArchiveTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("set.zip")]
    [InlineData("set.tar")]
    [InlineData("set.tar.gz")]
    [InlineData("set.TGZ")]
    public void Read_archive_names_crystals_after_files(string name)
    {
        string path = Write(
            name,
            ("top/mp-2.cif", CifText.RockSalt),
            ("top/mp-1.cif", CifText.RockSalt),
            ("top/notes.txt", "no crystal"),
            ("__MACOSX/top/._mp-1.cif", "damaged"),
            ("top/.hidden.cif", "damaged"),
            ("top/bad.cif", "damaged")
        );

        DataSetEntry[] entries = [.. DataSet.Read(path)];

        Assert.Equal(
            ["mp-1", "mp-2"],
            entries.Where(entry => entry.IsRecord).Select(entry => entry.Record!.Id).Order()
        );
        Assert.Equal($"{path}/top/bad.cif", Assert.Single(entries, entry => !entry.IsRecord).Problem!.Path);
    }

    [Theory]
    [InlineData("set.zip")]
    [InlineData("set.tar.gz")]
    public void Read_archive_of_calculations_names_crystals_after_folders(string name)
    {
        string path = Write(
            name,
            ("run/mp-1/POSCAR", Poscar("Po")),
            ("run/mp-1/CONTCAR", Poscar("Te")),
            ("run/mp-2/POSCAR", Poscar("Se"))
        );

        DataSetEntry[] entries = [.. DataSet.Read(path)];

        Assert.Equal(["mp-1 Te", "mp-2 Se"], entries.Select(Text).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("set.zip", "../evil.cif")]
    [InlineData("set.zip", "/etc/evil.cif")]
    [InlineData("set.tar", "a/../../evil.cif")]
    [InlineData("set.zip", "C:\\evil.cif")]
    public void Read_archive_whose_names_lead_out_is_refused(string name, string member) =>
        AssertRefused(Write(name, (member, CifText.RockSalt)), "which leads out of it");

    [Fact]
    public void Read_archive_with_a_name_twice_is_refused() =>
        AssertRefused(Write("set.zip", ("a.cif", "x"), ("a.cif", "y")), "holds 'a.cif' twice");

    [Fact]
    public void Read_archive_without_crystals_is_refused() =>
        AssertRefused(Write("set.zip", ("a.txt", "x")), "the archive holds no file of a known format");

    [Theory]
    [InlineData("set.zip")]
    [InlineData("set.tar")]
    [InlineData("set.tar.gz")]
    [InlineData("set.tar.bz2")]
    [InlineData("set.tar.xz")]
    public void Read_file_that_is_no_archive_is_refused(string name) =>
        AssertRefused(folder.Add(name, "text that is no archive, long enough for a header or two"), "cannot be opened");

    [Fact]
    public void Read_tarWhoseLengthIsBeyondAnyNumber_isRefused()
    {
        const int Size = 124;
        const int Sum = 148;
        string path = Write("set.tar", ("a.cif", CifText.RockSalt));
        byte[] content = File.ReadAllBytes(path);
        content.AsSpan(Size, 12).Fill(255);
        content[Size] = 128; // a binary number follows
        Encoding.ASCII.GetBytes("        ").CopyTo(content.AsSpan(Sum));
        int sum = content.Take(512).Sum(number => number);
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(content.AsSpan(Sum));
        File.WriteAllBytes(path, content);
        AssertRefused(path, "cannot be opened");
    }

    [Fact]
    public void Read_archive_within_an_archive_is_a_problem_and_the_rest_is_read()
    {
        string path = Write("set.zip", ("a.cif", CifText.RockSalt), ("more.tar.gz", "x"));

        DataSetEntry[] entries = [.. DataSet.Read(path)];

        Assert.Equal([false, true], entries.Select(entry => entry.IsRecord));
        Assert.Contains("is an archive within an archive", entries[0].Problem!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("set.zip")]
    [InlineData("set.tar.gz")]
    public void Read_archive_of_which_a_byte_is_wrong_is_never_another_crystal(string name)
    {
        byte[] whole = File.ReadAllBytes(Write(name, ("mp-1.cif", CifText.RockSalt)));
        string damagedPath = folder[$"damaged-{name}"];
        for (int place = 0; place < whole.Length; place++)
        {
            byte[] damaged = [.. whole];
            damaged[place] ^= 4;
            File.WriteAllBytes(damagedPath, damaged);
            try
            {
                DataSetEntry[] entries = [.. DataSet.Read(damagedPath)];
                Assert.All(
                    entries.Where(entry => entry.IsRecord),
                    entry => Assert.Equal("Na4Cl4", entry.Record!.Structure.Composition.Formula)
                );
            }
            catch (StructureFormatException)
            {
                // noticed
            }
        }
    }

    [Fact]
    public void Read_archive_that_becomes_too_large_is_refused()
    {
        string path = folder["bomb.zip"];
        using (ZipArchive zip = new(File.Create(path), ZipArchiveMode.Create))
        {
            byte[] blank = [.. Enumerable.Repeat((byte)' ', 1 << 20), (byte)'\n'];
            for (int member = 0; member < 2; member++)
            {
                using Stream content = zip.CreateEntry($"{member}.xyz", CompressionLevel.Optimal).Open();
                for (int part = 0; part < 160; part++)
                {
                    content.Write(blank);
                }
            }
        }

        DataSetEntry[] entries = [.. DataSet.Read(path)];

        Assert.Contains(
            entries,
            entry => entry.Problem!.Message.Contains("as no file of crystals does", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Read_archive_in_a_format_that_names_do_not_tell()
    {
        string path = Write("set.zip", ("mp-1", Poscar("Po")), ("mp-2", Poscar("Te")));

        Assert.Equal(["mp-1 Po", "mp-2 Te"], DataSet.Read(path, StructureFormats.ByName("poscar")).Select(Text));
    }

    internal static string Poscar(string symbol) =>
        $"title\n1\n3.3 0 0\n0 3.3 0\n0 0 3.3\n{symbol}\n1\nDirect\n0 0 0\n";

    internal static string Text(DataSetEntry entry) =>
        entry.IsRecord ? $"{entry.Record.Id} {entry.Record.Structure.Composition.Formula}" : entry.Problem.Message;

    private void AssertRefused(string path, string expected) =>
        Assert.Contains(
            expected,
            Assert.Throws<StructureFormatException>(() => DataSet.Read(path).Count()).Message,
            StringComparison.Ordinal
        );

    private string Write(string name, params (string Name, string Text)[] members)
    {
        string path = folder[name];
        using Stream file = File.Create(path);
        if (name.EndsWith(".zip", StringComparison.Ordinal))
        {
            using ZipArchive zip = new(file, ZipArchiveMode.Create);
            foreach ((string member, string text) in members)
            {
                using StreamWriter writer = new(zip.CreateEntry(member).Open());
                writer.Write(text);
            }
        }
        else
        {
            using Stream target = name.EndsWith(".tar", StringComparison.Ordinal)
                ? file
                : new GZipStream(file, CompressionLevel.Fastest);
            using TarWriter tar = new(target);
            foreach ((string member, string text) in members)
            {
                tar.WriteEntry(
                    new PaxTarEntry(TarEntryType.RegularFile, member)
                    {
                        DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
                    }
                );
            }
        }

        return path;
    }
}
