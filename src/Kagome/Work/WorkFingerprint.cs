using System.IO.Hashing;
using System.Text;
using Kagome.Formats;

namespace Kagome.Work;

/// <summary>All that the results of a plan's units depend on, in few characters.</summary>
internal static class WorkFingerprint
{
    /// <param name="parts">Such as options and the checksums of models; the version of the library is always one.</param>
    /// <returns>32 hexadecimal digits.</returns>
    public static string Of(params object?[] parts)
    {
        string all = string.Join('\n', parts.Select(JsonText.Line).Prepend(ProgramVersion.Number));
        return Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes(all)));
    }
}
