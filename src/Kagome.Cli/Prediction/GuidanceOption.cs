using System.CommandLine;
using System.Globalization;

namespace Kagome.Cli.Prediction;

/// <summary>Options that take a weight of at least 0.</summary>
internal static class GuidanceOption
{
    public static Option<double?> Create(string name, string description)
    {
        Option<double?> option = new(name) { Description = $"{description} 0, the default, for not at all." };
        option.Validators.Add(result =>
        {
            string? token = result.Tokens.SingleOrDefault()?.Value;
            bool isWeight =
                double.TryParse(token, CultureInfo.InvariantCulture, out double weight)
                && double.IsFinite(weight)
                && weight >= 0;
            if (token is not null && !isWeight)
            {
                result.AddError($"{name} is '{token}'; expected a number of at least 0, such as 1.");
            }
        });
        return option;
    }
}
