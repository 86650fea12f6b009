using System.Globalization;

namespace Kagome.Campaigns.Slurm;

/// <summary>Durations as Slurm writes them: minutes, minutes:seconds, hours:minutes:seconds, days-hours, days-hours:minutes, days-hours:minutes:seconds.</summary>
public static class SlurmTime
{
    /// <summary>The largest that Slurm takes, and then some.</summary>
    private const int MostDays = 3650;

    /// <summary>Reads a duration.</summary>
    /// <returns>Null where it is none.</returns>
    public static TimeSpan? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] halves = text.Split('-');
        bool hasDays = halves.Length == 2;
        int?[] numbers = [.. halves[^1].Split(':').Select(Number)];
        int? days = hasDays ? Number(halves[0]) : 0;
        if (halves.Length > 2 || days is null or > MostDays || numbers.Contains(null))
        {
            return null;
        }

        return (hasDays, numbers) switch
        {
            (false, [{ } minutes]) => TimeSpan.FromMinutes(minutes),
            (false, [{ } minutes, { } seconds]) => new TimeSpan(0, minutes, seconds),
            (true, [{ } hours]) => new TimeSpan(days.Value, hours, 0, 0),
            (true, [{ } hours, { } minutes]) => new TimeSpan(days.Value, hours, minutes, 0),
            (_, [{ } hours, { } minutes, { } seconds]) => new TimeSpan(days.Value, hours, minutes, seconds),
            _ => null,
        };
    }

    /// <summary>Such as 04:00:00 or 2-00:30:00.</summary>
    public static string Format(TimeSpan duration) =>
        duration.ToString(duration.Days > 0 ? @"d\-hh\:mm\:ss" : @"hh\:mm\:ss", CultureInfo.InvariantCulture);

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < 10_000_000
            ? number
            : null;
}
