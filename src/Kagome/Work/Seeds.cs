using System.IO.Hashing;
using System.Text;

namespace Kagome.Work;

/// <summary>Seeds of single samples: neither other samples nor other formulas of the same work change them.</summary>
public static class Seeds
{
    /// <summary>The seed of one sample, not below 0: the same for the same three, and as good as independent of all others.</summary>
    /// <param name="seed">The seed of the whole work.</param>
    /// <param name="name">What the sample is of, such as the formula of its cell.</param>
    /// <param name="number">Which sample of that name it is.</param>
    public static long Of(long seed, string name, int number) =>
        (long)(XxHash64.HashToUInt64(Encoding.UTF8.GetBytes($"{seed}/{name}/{number}")) >> 1);
}
