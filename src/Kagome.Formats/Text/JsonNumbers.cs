using System.Text.Json;

namespace Kagome.Formats.Text;

/// <summary>Numbers in JSON that an untrusted file wrote.</summary>
internal static class JsonNumbers
{
    /// <summary>The value as a finite number, or null where it is not one.</summary>
    public static double? Finite(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number)
            ? number
            : null;

    /// <summary>The array as so many finite numbers.</summary>
    /// <param name="array">What should be the array.</param>
    /// <param name="count">How many numbers it should hold.</param>
    /// <param name="name">What to call it in the message.</param>
    /// <exception cref="FormatException">It is something else.</exception>
    public static double[] Finite(JsonElement array, int count, string name)
    {
        double[] numbers =
            array.ValueKind == JsonValueKind.Array && array.GetArrayLength() == count
                ? [.. array.EnumerateArray().Select(value => Finite(value) ?? double.NaN)]
                : [];
        return numbers.Length == count && numbers.All(double.IsFinite)
            ? numbers
            : throw new FormatException($"{name} is {Shortened(array)}; expected {count} finite numbers.");
    }

    /// <summary>The member of an object, or null where the value is no object or has no such member.</summary>
    public static JsonElement? Member(this JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out JsonElement member) ? member : null;

    private static string Shortened(JsonElement value)
    {
        string text = value.GetRawText();
        return text.Length <= 80 ? text : $"{text[..80]}…";
    }
}
