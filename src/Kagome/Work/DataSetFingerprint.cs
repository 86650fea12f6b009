using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Kagome.Crystals.Structures;
using Kagome.Formats;

namespace Kagome.Work;

/// <summary>Tells whether crystals are the same as before, by name, label and every digit.</summary>
public static class DataSetFingerprint
{
    /// <summary>32 hexadecimal digits that change with anything that a data set says, and with the order of the crystals.</summary>
    public static string Of(IEnumerable<CrystalRecord> records)
    {
        XxHash128 hash = new();
        foreach (CrystalRecord record in records)
        {
            using StringWriter line = new(CultureInfo.InvariantCulture);
            StructureFormats.ByName("jsonl").Write(line, [record]);
            hash.Append(Encoding.UTF8.GetBytes(line.ToString()));
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
