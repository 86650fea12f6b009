using System.Runtime.CompilerServices;
using TorchSharp;

namespace Kagome.Processes.Tests;

/// <summary>Small tensors gain nothing from threads, and the threads of a busy machine wait for each other.</summary>
internal static class SingleThread
{
    [ModuleInitializer]
    internal static void Set() => torch.set_num_threads(1);
}
