using System.Text.Json;

namespace Kagome.Web.Endpoints;

/// <summary>Words in the query of an address, such as <c>cell=primitive</c>.</summary>
internal static class QueryWord
{
    /// <summary>What a word stands for, in any case; null where it is not given.</summary>
    /// <exception cref="InputException">It is none of those that are known.</exception>
    public static T? Read<T>(string name, string? word)
        where T : struct, Enum
    {
        if (word is null)
        {
            return null;
        }

        string[] known = [.. Enum.GetNames<T>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];
        int place = Array.FindIndex(known, other => other.Equals(word, StringComparison.OrdinalIgnoreCase));
        return place >= 0
            ? Enum.GetValues<T>()[place]
            : throw new InputException($"{name} is '{word}'; expected {string.Join(", ", known)}.", word);
    }
}
