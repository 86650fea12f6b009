using System.Text;

namespace Kagome.Cli.Manual;

/// <summary>Writes text so that roff prints it as it is.</summary>
/// <remarks>
/// Every hyphen is made a minus sign, since many stand in names that readers copy (kagome-p, --out). What is not ASCII is named by its number, which
/// groff and mandoc read whatever the encoding of files is.
/// </remarks>
internal static class RoffText
{
    /// <summary>A line of text, which is no request even where it begins like one.</summary>
    public static string Line(string text) =>
        text.StartsWith('.') || text.StartsWith('\'') ? $@"\&{Escape(text)}" : Escape(text);

    /// <summary>A part of a line.</summary>
    public static string Escape(string text)
    {
        StringBuilder written = new();
        foreach (Rune rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '\\' => written.Append(@"\e"),
                '-' => written.Append(@"\-"),
                '~' => written.Append(@"\(ti"),
                '^' => written.Append(@"\(ha"),
                '\'' => written.Append(@"\(aq"),
                '`' => written.Append(@"\(ga"),
                '"' => written.Append(@"\(dq"),
                '\n' => written.Append(' '),
                < 0x80 => written.Append(rune),
                _ => written.Append($@"\[u{rune.Value:X4}]"),
            };
        }

        return written.ToString();
    }

    public static string Bold(string text) => text.Length == 0 ? "" : $@"\fB{Escape(text)}\fR";

    public static string Italic(string text) => text.Length == 0 ? "" : $@"\fI{Escape(text)}\fR";
}
