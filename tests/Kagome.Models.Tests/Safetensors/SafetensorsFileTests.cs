using Kagome.Testing;
using static TorchSharp.torch;

namespace Kagome.Models.Tests.Safetensors;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(ScalarType.Float64)]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Int64)]
    [InlineData(ScalarType.Int32)]
    [InlineData(ScalarType.Byte)]
    [InlineData(ScalarType.Bool)]
    public void Read_what_was_written_gives_the_same_tensors(ScalarType type)
    {
        using NoTensorLeaks check = new();
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> tensors = new()
        {
            ["matrix"] = (arange(6) - 2).reshape(2, 3).to(ScalarType.Byte).to(type),
            ["number"] = tensor(1.0).to(type),
            ["nothing"] = empty(0, 3, dtype: type),
            ["turned Å \" \\"] = arange(6).reshape(2, 3).to(type).t(),
        };
        SafetensorsFile.Write(folder["a"], tensors);

        using SafetensorsFile file = SafetensorsFile.Read(folder["a"]);

        Assert.Equal(tensors.Keys.Order(), file.Tensors.Keys.Order());
        foreach ((string name, Tensor expected) in tensors)
        {
            Assert.Equal(expected.dtype, file.Tensors[name].dtype);
            Assert.Equal(expected.shape, file.Tensors[name].shape);
            Assert.True(expected.equal(file.Tensors[name]).all().item<bool>(), name);
        }
    }

    [Fact]
    public void Read_what_was_written_gives_the_same_metadata()
    {
        Dictionary<string, string> metadata = new()
        {
            ["recipe"] = "{\"rate\": 0.1}",
            ["empty"] = "",
            ["name"] = "籠目",
        };
        SafetensorsFile.Write(folder["a"], new Dictionary<string, Tensor>(), metadata);
        using SafetensorsFile file = SafetensorsFile.Read(folder["a"]);
        Assert.Equal(metadata, file.Metadata);
        Assert.True(file.IsSealed);
        Assert.Empty(file.Tensors);
    }

    [Fact]
    public void Write_equal_content_in_another_order_gives_equal_bytes()
    {
        using Tensor numbers = arange(5);
        using Tensor flags = ones(3, dtype: ScalarType.Bool);
        Dictionary<string, Tensor> one = new() { ["b"] = flags, ["a"] = numbers };
        Dictionary<string, Tensor> other = new() { ["a"] = numbers, ["b"] = flags };
        SafetensorsFile.Write(folder["1"], one, new Dictionary<string, string> { ["x"] = "1", ["y"] = "2" });
        SafetensorsFile.Write(folder["2"], other, new Dictionary<string, string> { ["y"] = "2", ["x"] = "1" });
        Assert.Equal(File.ReadAllBytes(folder["1"]), File.ReadAllBytes(folder["2"]));
    }

    [Fact]
    public void Write_returns_the_checksum_that_other_tools_compute()
    {
        using Tensor numbers = arange(5);
        string checksum = SafetensorsFile.Write(folder["a"], new Dictionary<string, Tensor> { ["a"] = numbers });
        byte[] sum = System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(folder["a"]));
        Assert.Equal(Convert.ToHexStringLower(sum), checksum);
        using SafetensorsFile file = SafetensorsFile.Read(folder["a"]);
        Assert.Equal(checksum, file.Checksum);
    }

    [Fact]
    public void Write_that_fails_leaves_the_former_file_and_nothing_else()
    {
        File.WriteAllText(folder["a"], "former");
        using Tensor complex = zeros(2, dtype: ScalarType.ComplexFloat32);
        var error = Assert.Throws<ArgumentException>(() =>
            SafetensorsFile.Write(folder["a"], new Dictionary<string, Tensor> { ["wave"] = complex })
        );
        Assert.Contains("'wave' is ComplexFloat32; expected one of BF16, BOOL, F16", error.Message);
        Assert.Equal("former", File.ReadAllText(folder["a"]));
        Assert.Equal(["a"], folder.FileNames);
    }

    [Fact]
    public void Write_into_a_taken_name_leaves_no_temporary_file()
    {
        Directory.CreateDirectory(folder["taken"]);
        Assert.ThrowsAny<SystemException>(() =>
            SafetensorsFile.Write(folder["taken"], new Dictionary<string, Tensor>())
        );
        Assert.Empty(folder.FileNames);
    }

    [Fact]
    public void Write_reserved_names_are_refused()
    {
        using Tensor numbers = arange(5);
        Dictionary<string, Tensor> reserved = new() { ["__metadata__"] = numbers };
        Dictionary<string, string> seal = new() { ["seal_sha256"] = "" };
        Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(folder["a"], reserved));
        Assert.Throws<ArgumentException>(() =>
            SafetensorsFile.Write(folder["a"], new Dictionary<string, Tensor>(), seal)
        );
        Assert.Empty(folder.FileNames);
    }

    [Fact]
    public void Read_a_file_of_another_program_works_without_a_seal()
    {
        // the example of the format's own description: one float16 pair, no metadata
        byte[] header = """{"test":{"dtype":"F16","shape":[1,2],"data_offsets":[0,4]}}"""u8.ToArray();
        byte[] content = [.. BitConverter.GetBytes((ulong)header.Length), .. header, 0x00, 0x3c, 0x00, 0xc0];
        using SafetensorsFile file = SafetensorsFile.Read(folder.File(content));
        Assert.False(file.IsSealed);
        Assert.Equal([1f, -2f], file.Tensors["test"].to(ScalarType.Float32).data<float>().ToArray());
    }

    [Fact]
    public void Tensors_outlive_the_scope_they_were_read_in()
    {
        using NoTensorLeaks check = new();
        using (Tensor numbers = arange(5))
        {
            SafetensorsFile.Write(folder["a"], new Dictionary<string, Tensor> { ["a"] = numbers });
        }

        SafetensorsFile file;
        using (NewDisposeScope())
        {
            file = SafetensorsFile.Read(folder["a"]);
        }

        Assert.Equal(4, file.Tensors["a"].data<long>()[4]);
        file.Dispose();
    }
}
