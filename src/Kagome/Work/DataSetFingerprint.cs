using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Kagome.Crystals.Structures;
using Kagome.Formats.JsonLines;

namespace Kagome.Work;

/// <summary>Tells whether crystals are the same as before, by name, label and every digit.</summary>
public static class DataSetFingerprint
{
    private static readonly JsonLinesFormat JsonLines = new();

    /// <summary>32 hexadecimal digits that change with anything that a data set says, and with the order of the crystals.</summary>
    public static string Of(IEnumerable<CrystalRecord> records)
    {
        XxHash128 hash = new();
        foreach (CrystalRecord record in records)
        {
            using StringWriter line = new(CultureInfo.InvariantCulture);
            JsonLines.Write(line, [record]);
            hash.Append(Encoding.UTF8.GetBytes(line.ToString()));
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
