using Kagome.Models.TorchArchives;

namespace Kagome.Models.OfficialDao;

/// <summary>The settings that a Lightning checkpoint keeps, through the omegaconf objects that wrap them.</summary>
/// <remarks>Keys are paths such as "decoder.hidden_dim".</remarks>
internal sealed class HyperParameters
{
    private const int DeepestWrapping = 8;

    private readonly PickledDictionary? settings;

    /// <param name="root">The root of the checkpoint; the settings lie under its <c>hyper_parameters</c>, there perhaps under <c>model</c>.</param>
    public HyperParameters(PickledDictionary root)
    {
        PickledDictionary? all = Member(root, "hyper_parameters") as PickledDictionary;
        settings = Member(all, "model") as PickledDictionary ?? all;
    }

    public T? Find<T>(string key)
        where T : struct => Find(key) is T value ? value : null;

    public string? FindText(string key) => Find(key) as string;

    private object? Find(string key)
    {
        object? value = settings;
        foreach (string name in key.Split('.'))
        {
            value = Member(value as PickledDictionary, name);
        }

        return value;
    }

    private static object? Member(PickledDictionary? dictionary, string name) =>
        dictionary is not null && dictionary.TryGetValue(name, out object? value) ? Unwrap(value) : null;

    /// <summary>DictConfig and ListConfig keep <c>_content</c>, leaves keep <c>_val</c>.</summary>
    private static object? Unwrap(object? value)
    {
        for (
            int depth = 0;
            depth < DeepestWrapping && value is PickledObject { State: PickledDictionary state };
            depth++
        )
        {
            if (!state.TryGetValue("_content", out value) && !state.TryGetValue("_val", out value))
            {
                return null;
            }
        }

        return value;
    }
}
