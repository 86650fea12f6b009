using System.IO.Compression;
using System.Numerics;
using Kagome.Models.TorchArchives;
using Kagome.Testing;
using static TorchSharp.torch;

namespace Kagome.Models.Tests.TorchArchives;

public sealed class TorchArchiveTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Open_plain_values_gives_them()
    {
        byte[] pickle = TorchFile.Pickle(
            0x80,
            5,
            0x95,
            new byte[8],
            "(N",
            0x88,
            0x89,
            "K",
            7,
            "M",
            1,
            1,
            "J",
            255,
            255,
            255,
            255,
            0x8a,
            1,
            254,
            0x8a,
            9,
            new byte[8],
            1,
            "G",
            0x3f,
            0xf8,
            new byte[6],
            TorchFile.Text("text"),
            "X",
            2,
            0,
            0,
            0,
            0xc3,
            0xa9,
            "C",
            2,
            "ab",
            "](K",
            1,
            "K",
            2,
            "e}",
            TorchFile.Text("key"),
            "K",
            3,
            "st."
        );
        object?[] values = Assert.IsType<object?[]>(Read(pickle));
        Assert.Equal([null, true, false, 7L, 257L, -1L, -2L, BigInteger.One << 64, 1.5, "text", "é"], values[..11]);
        Assert.Equal("ab"u8.ToArray(), values[11]);
        Assert.Equal([1L, 2L], Assert.IsType<List<object?>>(values[12]));
        Assert.True(Assert.IsType<PickledDictionary>(values[13]).TryGetValue("key", out object? value));
        Assert.Equal(3L, value);
    }

    [Theory]
    [InlineData(new byte[] { 2, 3 }, new byte[] { 3, 1 }, new float[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData(new byte[] { 3, 2 }, new byte[] { 1, 3 }, new float[] { 1, 4, 2, 5, 3, 6 })]
    [InlineData(new byte[] { }, new byte[] { }, new float[] { 1 })]
    [InlineData(new byte[] { 0, 3 }, new byte[] { 3, 1 }, new float[] { })]
    public void Load_tensor_follows_its_strides(byte[] shape, byte[] strides, float[] expected)
    {
        using NoTensorLeaks check = new();
        byte[] pickle = TorchFile.Pickle(0x80, 2, TorchFile.Tensor(7, 1, shape, strides), ".");
        using TorchArchive archive = TorchArchive.Open(folder.File(TorchFile.Zip(pickle, 0, 1, 2, 3, 4, 5, 6)));
        using Tensor tensor = archive.Load(Assert.IsType<PickledTensor>(archive.Root));
        Assert.Equal(shape.Select(length => (long)length), tensor.shape);
        Assert.Equal(expected, expected.Length == 0 ? [] : tensor.data<float>().ToArray());
        Assert.Empty(archive.Skipped);
    }

    /// <summary>What torch.save writes of zeros(0, 6) and zeros(2, 0): no numbers, and a shape.</summary>
    [Theory]
    [InlineData(new byte[] { 0, 6 }, new byte[] { 6, 1 })]
    [InlineData(new byte[] { 2, 0 }, new byte[] { 1, 1 })]
    public void Load_tensor_without_numbers_keeps_its_shape(byte[] shape, byte[] strides)
    {
        byte[] pickle = TorchFile.Pickle(0x80, 2, TorchFile.Tensor(0, 0, shape, strides), ".");
        using TorchArchive archive = TorchArchive.Open(folder.File(TorchFile.Zip(pickle)));
        using Tensor tensor = archive.Load(Assert.IsType<PickledTensor>(archive.Root));
        Assert.Equal(shape.Select(length => (long)length), tensor.shape);
    }

    [Theory]
    [InlineData(new byte[] { 0x8a, 9, 0, 0, 0, 0, 0, 0, 0, 0, 1 }, "a number of 65 bits")]
    [InlineData(new byte[] { 0x8a, 1, 0xfe }, "-2")]
    [InlineData(new byte[] { (byte)'N' }, "no number")]
    public void Open_tensor_whose_length_cannot_be_says_what_it_is(byte[] length, string said)
    {
        byte[] pickle = TorchFile.Pickle(
            0x80,
            2,
            "ctorch._utils\n_rebuild_tensor_v2\n((",
            TorchFile.Text("storage"),
            "ctorch\nFloatStorage\n",
            TorchFile.Text("0"),
            TorchFile.Text("cpu"),
            "K",
            7,
            "tQK",
            0,
            "(",
            length,
            "t(K",
            1,
            "t",
            0x89,
            "ccollections\nOrderedDict\n)RtR."
        );
        Assert.Contains(
            $"a shape or stride that is {said}; expected a whole number from 0, of 64 bits",
            Refusal(pickle, new float[7])
        );
    }

    [Theory]
    [InlineData(new byte[] { 8 }, new byte[] { 1 }, 0)]
    [InlineData(new byte[] { 7 }, new byte[] { 1 }, 1)]
    [InlineData(new byte[] { 2, 2 }, new byte[] { 6, 1 }, 0)]
    [InlineData(new byte[] { 200, 200 }, new byte[] { 0, 0 }, 0)] // would repeat one number
    [InlineData(new byte[] { 0 }, new byte[] { 1 }, 9)]
    public void Open_tensor_outside_its_storage_is_refused(byte[] shape, byte[] strides, byte offset)
    {
        byte[] pickle = TorchFile.Pickle(0x80, 2, TorchFile.Tensor(7, offset, shape, strides), ".");
        Assert.Contains("does not fit storage '0' of 7 numbers", Refusal(pickle, new float[7]));
    }

    [Fact]
    public void Open_storage_of_another_length_is_refused()
    {
        byte[] pickle = TorchFile.Pickle(0x80, 2, TorchFile.Tensor(7, 0, [7], [1]), ".");
        Assert.Contains("'0' is to hold 7 numbers of 4 bytes; the archive has 24 bytes", Refusal(pickle, new float[6]));
        byte[] zip = TorchFile.Zip(CompressionLevel.NoCompression, ("x/data.pkl", pickle));
        Assert.Contains("the archive has no bytes for it", RefusalOfFile(zip));
    }

    [Theory]
    [InlineData("cos\nsystem\n", "os.system")]
    [InlineData("cbuiltins\neval\n", "builtins.eval")]
    [InlineData("c__builtin__\nexec\n", "__builtin__.exec")]
    [InlineData("csubprocess\nPopen\n", "subprocess.Popen")]
    public void Open_call_runs_nothing_and_is_named(string name, string expected)
    {
        string witness = folder["witness"];
        byte[] pickle = TorchFile.Pickle(0x80, 2, name, TorchFile.Text($"touch {witness}"), 0x85, "R.");
        using TorchArchive archive = TorchArchive.Open(folder.File(TorchFile.Zip(pickle)));
        Assert.False(File.Exists(witness));
        Assert.Equal(new Dictionary<string, int> { [expected] = 1 }, archive.Skipped);
        PickledObject call = Assert.IsType<PickledObject>(archive.Root);
        Assert.Equal(expected, call.ClassName);
        Assert.Equal([$"touch {witness}"], call.Arguments);
    }

    [Fact]
    public void Open_every_other_way_to_call_is_named_too()
    {
        byte[] touch = TorchFile.Text("touch /tmp/x");
        byte[] pickle = TorchFile.Pickle(
            0x80,
            4,
            "(",
            TorchFile.Text("posix"),
            TorchFile.Text("system"),
            0x93,
            touch,
            0x85,
            0x81, // NEWOBJ
            "cnt\nsystem\n",
            touch,
            0x85,
            "}",
            0x92, // NEWOBJ_EX
            "(",
            touch,
            "ipty\nspawn\n", // INST
            "(crunpy\nrun_path\n",
            touch,
            "o", // OBJ
            "cbuiltins\ngetattr\n)R)R", // the result of a call, called
            "t."
        );
        using TorchArchive archive = TorchArchive.Open(folder.File(TorchFile.Zip(pickle)));
        Assert.Equal(
            ["builtins.getattr", "nt.system", "posix.system", "pty.spawn", "runpy.run_path"],
            archive.Skipped.Keys.Order()
        );
        Assert.All(Assert.IsType<object?[]>(archive.Root), value => Assert.IsType<PickledObject>(value));
    }

    [Fact]
    public void Open_object_that_holds_itself_ends()
    {
        byte[] pickle = TorchFile.Pickle(0x80, 2, "]q", 0, "h", 0, "acx\ny\n)Rq", 1, "h", 1, "ba.");
        List<object?> list = Assert.IsType<List<object?>>(Read(pickle));
        Assert.Same(list, list[0]);
        PickledObject other = Assert.IsType<PickledObject>(list[1]);
        Assert.Same(other, other.State);
    }

    [Fact]
    public void Open_deep_nesting_does_not_exhaust_the_stack()
    {
        byte[] nested = [.. Enumerable.Repeat((byte)0x85, 1_000_000)];
        Assert.NotNull(Read(TorchFile.Pickle(0x80, 2, "N", nested, ".")));
    }

    [Fact]
    public void Open_long_names_and_arguments_used_again_and_again_take_no_memory_of_their_own()
    {
        const int Repetitions = 1_000;
        const long Modest = 50_000_000;
        byte[] text = new byte[1_000_000];
        Array.Fill(text, (byte)'a');
        byte[] name = TorchFile.Pickle(
            0x80,
            4,
            "X",
            BitConverter.GetBytes(text.Length),
            text,
            "q",
            0,
            "h",
            0,
            0x93,
            "."
        );
        Assert.Contains("a name of 2000000 letters; expected at most 1000", Refusal(name), StringComparison.Ordinal);

        byte[] items = [.. Enumerable.Repeat((byte)'N', text.Length)];
        object[] again =
        [
            .. Enumerable.Repeat(new object[] { "h", 1, "h", 0, "N", 0x92 }, Repetitions).SelectMany(x => x),
        ];
        byte[] calls = TorchFile.Pickle([0x80, 4, "(", items, "tq", 0, "0ca\nb\nq", 1, "0(", .. again, "t."]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(Repetitions, Assert.IsType<object?[]>(Read(calls)).Length);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Modest);
    }

    [Theory]
    [InlineData("", "cut off at byte 2")]
    [InlineData(".", "a value is missing")]
    [InlineData("X\u00ff\u00ff\u00ff\u007f.", "within a value of 2147483647 bytes")]
    [InlineData(
        "\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff.",
        "within a value of 18446744073709551615 bytes"
    )]
    [InlineData("t.", "a mark is missing")]
    [InlineData("(a.", "a value is missing")]
    [InlineData("NNR.", "a value of another kind where a tuple of arguments belongs")]
    [InlineData("N)R.", "no name of a class or function")]
    [InlineData("NNb.", "a state is given to a value that can have none")]
    [InlineData("NNa.", "where a list belongs")]
    [InlineData("NNNs.", "where a dictionary belongs")]
    [InlineData("}(Nu.", "a dictionary key without a value")]
    [InlineData("h\u0005.", "nothing was remembered as 5")]
    [InlineData("Nr\u00ff\u00ff\u00ff\u00ff.", "memo index 4294967295")]
    [InlineData("cos", "does not end")]
    [InlineData("NQ.", "a persistent identifier of another kind")]
    [InlineData("I1\n.", "opcode 0x49")]
    [InlineData("\u0082\u0001.", "opcode 0x82")]
    [InlineData("\u0080\u0009.", "protocol 9; expected 2 to 5")]
    [InlineData("\u008c\u0001\u00ff.", "is no UTF-8")]
    [InlineData("\u008b\u0001\u0002\u0000\u0000.", "an integer of 513 bytes")]
    public void Open_malformed_pickle_says_why(string opcodes, string expected) =>
        Assert.Contains(expected, Refusal(TorchFile.Pickle(0x80, 2, opcodes)));

    [Fact]
    public void Open_unknown_storage_names_the_known()
    {
        byte[] pickle = TorchFile.Pickle(
            0x80,
            2,
            "(",
            TorchFile.Text("storage"),
            "ctorch\nComplexFloatStorage\n",
            TorchFile.Text("0"),
            "NK",
            1,
            "tQ."
        );
        Assert.Contains("torch.ComplexFloatStorage; expected one of torch.BFloat16Storage", Refusal(pickle, 1, 2));
    }

    [Fact]
    public void Open_compressed_entry_is_refused_unread()
    {
        byte[] bomb = new byte[1 << 20];
        byte[] zip = TorchFile.Zip(CompressionLevel.Optimal, ("x/data.pkl", bomb));
        Assert.Contains("'x/data.pkl' is compressed", RefusalOfFile(zip));
    }

    [Fact]
    public void Open_zip_of_another_kind_says_what_is_missing()
    {
        byte[] zip = TorchFile.Zip(CompressionLevel.NoCompression, ("word/document.xml", [1]));
        Assert.Contains("it has 0 top folders with a data.pkl", RefusalOfFile(zip));
        zip = TorchFile.Zip(CompressionLevel.NoCompression, ("x/data.pkl", [1]), ("x/data.pkl", [1]));
        Assert.Contains("'x/data.pkl' is there twice", RefusalOfFile(zip));
        zip = TorchFile.Zip(CompressionLevel.NoCompression, ("x/data.pkl", [1]), ("x/byteorder", "big"u8.ToArray()));
        Assert.Contains("not little-endian", RefusalOfFile(zip));
    }

    [Fact]
    public void Open_file_from_before_zip_archives_says_how_to_convert_it()
    {
        byte[] legacy = [0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e];
        Assert.Contains("torch.save(torch.load(old), new)", RefusalOfFile(legacy));
    }

    [Fact]
    public void Load_storage_shared_without_end_is_refused()
    {
        byte[] pickle = TorchFile.Pickle(0x80, 2, TorchFile.Tensor(200, 0, [200], [1]), ".");
        using TorchArchive archive = TorchArchive.Open(folder.File(TorchFile.Zip(pickle, new float[200])));
        PickledTensor tensor = Assert.IsType<PickledTensor>(archive.Root);
        var error = Assert.Throws<CheckpointException>(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                archive.Load(tensor).Dispose();
            }
        });
        Assert.Contains("share storages", error.Message);
    }

    [Fact]
    public void Open_random_opcodes_end_without_another_exception()
    {
        byte[] opcodes =
        [
            .. "(.012NJKMGXUTBC]lae)t}dsucoiRbQhjqr"u8,
            .. Enumerable.Range(0x80, 0x17).Select(i => (byte)i),
            0,
            1,
            10,
        ];
        Gen.Int[0, opcodes.Length - 1]
            .Array[0, 60]
            .Sample(
                chosen =>
                {
                    byte[] pickle = [0x80, 2, .. "NNN)}]"u8, .. chosen.Select(i => opcodes[i]), (byte)'.'];
                    try
                    {
                        Read(pickle);
                    }
                    catch (CheckpointException)
                    {
                        // as it should be
                    }
                },
                iter: 5000,
                threads: 1,
                seed: "0000KOIPe036"
            );
    }

    private object? Read(byte[] pickle)
    {
        using TorchArchive archive = TorchArchive.Open(folder.File(TorchFile.Zip(pickle)));
        return archive.Root;
    }

    private string Refusal(byte[] pickle, params float[] storage) => RefusalOfFile(TorchFile.Zip(pickle, storage));

    private string RefusalOfFile(byte[] content)
    {
        var error = Assert.Throws<CheckpointException>(() => TorchArchive.Open(folder.File(content)));
        Assert.StartsWith(error.Path, error.Message);
        return error.Message;
    }
}
