using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kagome;

/// <summary>Kagome as a service of a host, such as a web server.</summary>
public static class KagomeServices
{
    /// <summary>Adds one <see cref="CrystalPredictor"/> for all requests; its models are loaded when it is first asked for.</summary>
    /// <param name="services">The host's.</param>
    /// <param name="options">Null for the models that came along. Where they name no loggers, the host's are used.</param>
    /// <exception cref="OptionException">An option is out of its range.</exception>
    public static IServiceCollection AddKagome(this IServiceCollection services, ModelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        options ??= new ModelOptions();
        options.Validate();
        return services.AddSingleton(provider => CrystalPredictor.Load(WithLoggers(options, provider)));
    }

    private static ModelOptions WithLoggers(ModelOptions options, IServiceProvider provider) =>
        options.Loggers == NullLoggerFactory.Instance && provider.GetService<ILoggerFactory>() is { } loggers
            ? options with
            {
                Loggers = loggers,
            }
            : options;
}
