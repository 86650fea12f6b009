using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Kagome.Core.Structures;
using Kagome.Formats;

namespace Kagome.Cli.Evaluation;

/// <summary>Tells whether crystals are the same as before, by name and by every digit.</summary>
internal static class StructureFingerprint
{
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
