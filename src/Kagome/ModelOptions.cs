using Kagome.Models;
using Kagome.Prototypes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kagome;

/// <summary>Which models to use, and where.</summary>
public sealed record ModelOptions
{
    /// <summary>In place of a predictor's name: none, so that there are no energies.</summary>
    public const string None = "none";

    /// <summary>The generator that is used where none is named.</summary>
    public const string DefaultGenerator = "kagome-flow";

    /// <summary>The predictor that is used where none is named.</summary>
    public const string DefaultPredictor = "kagome-p";

    /// <summary>The model that makes structures (DAO-G): a name or the path of a file. Default: kagome-flow.</summary>
    public string Generator { get; init; } = DefaultGenerator;

    /// <summary>The model that energies come from (DAO-P): a name or the path of a file, or <see cref="None"/>. Default: null, for kagome-p where it came along.</summary>
    public string? Predictor { get; init; }

    /// <summary>Known structure types, the second source of candidates. Default: null, for those that came along, if any did.</summary>
    public KnownStructureOptions? Prototypes { get; init; }

    /// <summary>The folder in which names are looked up. Default: null, for the models that came along, beside the program.</summary>
    public string? Folder { get; init; }

    /// <summary>cpu or cuda. Default: cpu.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Cores to work on; ignored on cuda, where one thread feeds the device. Default: null, for all.</summary>
    public int? Threads { get; init; }

    /// <summary>Where loading and each piece of work is logged. Default: nowhere.</summary>
    public ILoggerFactory Loggers { get; init; } = NullLoggerFactory.Instance;

    internal ModelCatalog Catalog => new(Folder);

    /// <summary>Checks that every value is in its range.</summary>
    /// <exception cref="OptionException">A value is out of its range.</exception>
    public void Validate()
    {
        OptionException.RequireGiven(nameof(Generator), Generator);
        OptionException.RequireNotEmpty(nameof(Folder), Folder);
        Prototypes?.Validate();
        OptionException.RequireGiven(nameof(Device), Device);
        OptionException.RequireGiven(nameof(Loggers), Loggers);
        if (Threads is { } threads)
        {
            OptionException.RequirePositive(nameof(Threads), threads);
        }
    }
}
