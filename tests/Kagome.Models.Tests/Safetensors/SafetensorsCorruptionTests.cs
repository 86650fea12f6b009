using System.Text;
using Kagome.Testing;
using static TorchSharp.torch;

namespace Kagome.Models.Tests.Safetensors;

/// <summary>Files that were cut, changed or made to harm.</summary>
public sealed class SafetensorsCorruptionTests : IDisposable
{
    private const string Seed = "0000KOIPe036";
    private static readonly byte[] Sound = MakeSound();

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_with_any_changed_byte_is_refused()
    {
        using NoTensorLeaks check = new();
        Gen.Select(Gen.Int[0, Sound.Length - 1], Gen.Int[1, 255])
            .Sample(
                (position, change) =>
                {
                    byte[] content = [.. Sound];
                    content[position] ^= (byte)change;
                    return IsRefusedOrUnsealed(content);
                },
                iter: 2000,
                threads: 1,
                seed: Seed
            );
    }

    [Fact]
    public void Read_cut_at_any_length_is_refused()
    {
        for (int length = 0; length < Sound.Length; length++)
        {
            var error = Assert.Throws<CheckpointException>(() => Read(Sound[..length]));
            Assert.Contains("get it again|get the file again".Split('|'), part => error.Message.Contains(part));
        }
    }

    [Fact]
    public void Read_with_more_bytes_is_refused()
    {
        var error = Assert.Throws<CheckpointException>(() => Read([.. Sound, 0, 0]));
        Assert.Contains("2 bytes follow the last tensor; expected none", error.Message);
    }

    [Fact]
    public void Read_changed_value_says_that_the_checksum_differs()
    {
        byte[] content = [.. Sound];
        content[^1] ^= 1;
        Assert.Contains("checksum differs", Assert.Throws<CheckpointException>(() => Read(content)).Message);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "expected 8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "begins at byte 4; expected 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", "data_offsets [4, 0]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", "no list of at most 32 whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", "no list of at most 32 whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""", "at most 2 whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", "lacks dtype, shape or two data_offsets")]
    [InlineData("""{"a":{"dtype":"F32","data_offsets":[0,4]}}""", "lacks dtype, shape or two data_offsets")]
    [InlineData("""{"a":{"dtype":"C64","shape":[1],"data_offsets":[0,8]}}""", "dtype 'C64'; expected one of BF16")]
    [InlineData(
        """{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""",
        "[4294967296, 4294967296], beyond 2^63 bytes"
    )]
    [InlineData("""{"a":{"dtype":"F32","shape":[0,4611686018427387904],"data_offsets":[0,0]}}""", "beyond 2^63 bytes")]
    [InlineData("""{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "field 'dtype' too many")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":1}}""", "field 'x' too many")]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"a":{"dtype":"U8","shape":[0],"data_offsets":[4,4]}}""",
        "names 'a' twice"
    )]
    [InlineData(
        """{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}""",
        "'b' begins at byte 2; expected 4"
    )]
    [InlineData("""{"a":{"dtype":"BOOL","shape":[4],"data_offsets":[0,4]}}""", "expected only bytes 0 and 1")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "cut off: the header announces 8 bytes")]
    [InlineData("""{"__metadata__":{"a":1}}""", "metadata 'a' is a JSON Number; expected String")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""", "metadata names 'a' twice")]
    [InlineData("""{"__metadata__":{"seal_sha256":"12"}}""", "the seal is '12'")]
    [InlineData("""{"a":[[[[[[1]]]]]]}""", "is a JSON StartArray; expected StartObject")]
    [InlineData("""{"a":{"dtype":"F32","shape":[[1]]}}""", "shape of tensor 'a' is a JSON StartArray; expected Number")]
    [InlineData("""{} {}""", "the header is no valid JSON")]
    [InlineData("""{"a":""", "the header is no valid JSON")]
    public void Read_malformed_header_says_what_was_expected(string header, string expected)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] content = [.. BitConverter.GetBytes((ulong)json.Length), .. json, 2, 3, 4, 5];
        var error = Assert.Throws<CheckpointException>(() => Read(content));
        Assert.Contains(expected, error.Message);
        Assert.StartsWith(error.Path, error.Message);
    }

    [Fact]
    public void Read_text_that_is_no_unicode_is_refused()
    {
        byte[] json = [.. """{"a"""u8, 0xff, .. "\":1}"u8];
        byte[] content = [.. BitConverter.GetBytes((ulong)json.Length), .. json];
        Assert.Contains("no valid JSON", Assert.Throws<CheckpointException>(() => Read(content)).Message);
    }

    [Fact]
    public void Read_header_longer_than_the_format_allows_is_refused_unread()
    {
        byte[] content = [.. BitConverter.GetBytes(ulong.MaxValue), .. "{}"u8];
        Assert.Contains("expected at most 100000000", Assert.Throws<CheckpointException>(() => Read(content)).Message);
    }

    [Fact]
    public void Read_random_headers_are_refused_without_another_exception()
    {
        string[] words =
        [
            .. "{ } [ ] : , 0 4 -1 1e9 null \"a\" \"dtype\" \"F32\" \"shape\" \"data_offsets\" \"__metadata__\" \"\\ud800\"".Split(
                ' '
            ),
        ];
        Gen.Int[0, words.Length - 1]
            .Array[0, 20]
            .Sample(
                chosen =>
                {
                    byte[] json = Encoding.UTF8.GetBytes("{" + string.Concat(chosen.Select(i => words[i])));
                    return IsRefusedOrUnsealed([.. BitConverter.GetBytes((ulong)json.Length), .. json, 0, 0, 0, 0]);
                },
                iter: 5000,
                threads: 1,
                seed: Seed
            );
    }

    /// <summary>A changed key of the seal leaves a sound file without a seal: callers who need one ask.</summary>
    private bool IsRefusedOrUnsealed(byte[] content)
    {
        try
        {
            using SafetensorsFile file = SafetensorsFile.Read(folder.File(content));
            return !file.IsSealed;
        }
        catch (CheckpointException)
        {
            return true;
        }
    }

    private void Read(byte[] content) => SafetensorsFile.Read(folder.File(content)).Dispose();

    private static byte[] MakeSound()
    {
        using TemporaryFolder temporary = new();
        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> tensors = new()
        {
            ["a"] = arange(6, dtype: ScalarType.Float32).reshape(2, 3),
            ["b"] = ones(3, dtype: ScalarType.Bool),
        };
        SafetensorsFile.Write(temporary["a"], tensors, new Dictionary<string, string> { ["key"] = "value" });
        return File.ReadAllBytes(temporary["a"]);
    }
}
