using System.Text;

namespace Kagome.Fuzzing.Tests;

/// <summary>Damages files the way that people, programs and disks do: bytes, words, numbers, lines, brackets.</summary>
/// <param name="random">Equal generators give equal damage.</param>
/// <param name="corpus">Whole files; parts of others end up in the damaged one.</param>
internal sealed class Mutator(Random random, IReadOnlyList<byte[]> corpus)
{
    private const int MostChanges = 6;
    private const int LongestLine = 200_000; // bytes
    private const int DeepestNesting = 20_000;
    private const int LongestFile = 400_000; // bytes

    private static readonly byte[][] Words =
    [
        .. new[]
        {
            "NaN",
            "inf",
            "-Infinity",
            "1e308",
            "-1e308",
            "1e999",
            "1e-320",
            "-0",
            "0",
            "1",
            "-1",
            "2147483647",
            "2147483648",
            "-2147483648",
            "9223372036854775807",
            "99999999999999999999999999",
            "100000",
            "0.3333",
            "1e5",
            "1e-9",
            "0x10",
            "1,5",
            "1/3",
            "1/0",
            "1.5(3)",
            "null",
            "true",
            "?",
            ".",
            "''",
            "\"\"",
            "\n",
            "\r\n",
            "\r",
            "\0",
            "\t",
            "loop_",
            "data_",
            ";",
            "\n;\n",
            "#",
            "{}",
            "[]",
            "{",
            "}",
            "[",
            "]",
            "=",
            ":",
            ",",
            "\\",
            "\\u0000",
            "\ufeff",
            "ü",
            "Xx",
            "D",
            "Uuo",
        }.Select(Encoding.UTF8.GetBytes),
        [0xff],
        [0xc3],
        [0xed, 0xa0, 0x80],
    ];

    private static readonly string[] Openings = ["[", "{\"a\":", "(", "[[", "\"", "'", "<", "((", "{", "[a."];

    public Random Random => random;

    /// <summary>A file of the corpus, damaged once or a few times, or now and then whole.</summary>
    public byte[] Mutate() => Mutate(Choose(corpus));

    /// <summary>Bytes, damaged once or a few times, or now and then whole.</summary>
    public byte[] Mutate(byte[] content)
    {
        for (int changes = random.Next(MostChanges + 1); changes > 0 && content.Length < LongestFile; changes--)
        {
            content = Change(content);
        }

        return content;
    }

    /// <summary>True once in so many times.</summary>
    public bool OnceIn(int times) => random.Next(times) == 0;

    public T Choose<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    private byte[] Change(byte[] old) =>
        random.Next(20) switch
        {
            0 => Flip(old),
            1 => Replace(old, Anywhere(old), [(byte)random.Next(256)]),
            2 => Replace(old, Anywhere(old), []),
            3 => Replace(old, At(random.Next(old.Length + 1)), Choose(Words)),
            4 or 5 or 6 => Replace(old, Number(old), Choose(Words)),
            7 => Replace(old, Number(old), ChangedNumber()),
            8 => Replace(old, Word(old), []),
            9 => Replace(old, Word(old), Choose(Words)),
            10 => Replace(old, Word(old), WordOf(Choose(corpus))),
            11 => Twice(old, Word(old), 1),
            12 => Swap(old, Word(old), Word(old)),
            13 => Replace(old, Line(old), []),
            14 => Twice(old, Line(old), 1 + random.Next(3)),
            15 => Swap(old, Line(old), Line(old)),
            16 => old[..random.Next(old.Length + 1)],
            17 => Splice(old, Choose(corpus)),
            18 => OnceIn(20) ? Nest(old) : Replace(old, At(random.Next(old.Length + 1)), WordOf(Choose(corpus))),
            _ => OnceIn(20) ? Stretch(old) : Replace(old, Line(old), LineOf(Choose(corpus))),
        };

    private byte[] Flip(byte[] old)
    {
        if (old.Length == 0)
        {
            return old;
        }

        byte[] changed = [.. old];
        changed[random.Next(old.Length)] ^= (byte)(1 << random.Next(8));
        return changed;
    }

    private byte[] ChangedNumber() =>
        Encoding.ASCII.GetBytes(
            random.Next(4) switch
            {
                0 => $"{random.Next(-3, 300)}",
                1 => $"{random.NextDouble()}",
                2 => $"{random.Next()}",
                _ => $"{Math.Pow(10, random.Next(-330, 310)) * (random.NextDouble() - 0.5)}",
            }
        );

    private byte[] Nest(byte[] old)
    {
        string opening = Choose(Openings);
        string nested = string.Concat(Enumerable.Repeat(opening, 1 + random.Next(DeepestNesting)));
        return Replace(old, At(random.Next(old.Length + 1)), Encoding.ASCII.GetBytes(nested));
    }

    private byte[] Stretch(byte[] old)
    {
        (int start, int end) = Word(old);
        return start == end ? old : Twice(old, (start, end), random.Next(LongestLine) / (end - start));
    }

    private byte[] Splice(byte[] old, byte[] other) =>
        [.. old.AsSpan(0, Line(old).Start), .. other.AsSpan(Line(other).Start)];

    private byte[] WordOf(byte[] other)
    {
        (int start, int end) = Word(other);
        return other[start..end];
    }

    private byte[] LineOf(byte[] other)
    {
        (int start, int end) = Line(other);
        return other[start..end];
    }

    private static byte[] Replace(byte[] old, (int Start, int End) range, ReadOnlySpan<byte> part) =>
        [.. old.AsSpan(0, range.Start), .. part, .. old.AsSpan(range.End)];

    private static byte[] Twice(byte[] old, (int Start, int End) range, int more)
    {
        byte[] part = old[range.Start..range.End];
        return Replace(old, At(range.End), [.. Enumerable.Repeat(part, more).SelectMany(bytes => bytes)]);
    }

    private static byte[] Swap(byte[] old, (int Start, int End) one, (int Start, int End) two)
    {
        (one, two) = one.Start <= two.Start ? (one, two) : (two, one);
        return one.End > two.Start
            ? old
            :
            [
                .. old.AsSpan(0, one.Start),
                .. old.AsSpan(two.Start, two.End - two.Start),
                .. old.AsSpan(one.End, two.Start - one.End),
                .. old.AsSpan(one.Start, one.End - one.Start),
                .. old.AsSpan(two.End),
            ];
    }

    private static (int Start, int End) At(int place) => (place, place);

    private (int Start, int End) Anywhere(byte[] content)
    {
        int start = random.Next(content.Length + 1);
        return (start, Math.Min(content.Length, start + 1 + random.Next(8)));
    }

    private (int Start, int End) Line(byte[] content) => Around(content, letter => letter == '\n', withEnd: true);

    private (int Start, int End) Word(byte[] content) => Around(content, IsSeparator, withEnd: false);

    /// <summary>A word that begins like a number, if one is met soon.</summary>
    private (int Start, int End) Number(byte[] content)
    {
        (int Start, int End) word = Word(content);
        for (int tries = 0; tries < 10; tries++, word = Word(content))
        {
            if (word.Start < word.End && (char.IsAsciiDigit((char)content[word.Start]) || content[word.Start] == '-'))
            {
                return word;
            }
        }

        return word;
    }

    private (int Start, int End) Around(byte[] content, Func<byte, bool> ends, bool withEnd)
    {
        int place = random.Next(content.Length + 1);
        int start = place;
        while (start > 0 && !ends(content[start - 1]))
        {
            start--;
        }

        int end = place;
        while (end < content.Length && !ends(content[end]))
        {
            end++;
        }

        return (start, withEnd ? Math.Min(end + 1, content.Length) : end);
    }

    private static bool IsSeparator(byte letter) => letter <= ' ' || ",:{}[]\"'=();".Contains((char)letter);
}
