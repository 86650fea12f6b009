using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Kagome.Processes.Tests;

/// <summary>Whether libtorch finds the numbers of an operation while memory is collected: with TorchSharp 0.107 as it comes it does not (docs/decisions/0002-torchsharp.md).</summary>
public sealed class TorchNumbersTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(60);

    [Fact]
    public void Operations_keep_their_numbers_alive_until_they_return()
    {
        MethodInfo[] operations =
        [
            .. typeof(torch.Tensor)
                .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(method => method.GetParameters().Any(given => given.ParameterType == typeof(Scalar)))
                .Where(method => Calls(method).Contains("Scalar.get_Handle")),
        ];

        Assert.Contains(operations, method => method.Name == nameof(torch.Tensor.mul));
        Assert.All(
            operations,
            method =>
            {
                string[] calls = [.. Calls(method)];
                int handles = calls.Count(call => call.EndsWith(".get_Handle", StringComparison.Ordinal));
                Assert.Equal(Enumerable.Repeat("GC.KeepAlive", handles), calls[^handles..]);
            }
        );
    }

    /// <summary>A minute; TorchSharp as it comes failed within 15 to 25 seconds, and may end the process. So it runs by name alone.</summary>
    [Fact(Explicit = true)]
    public async Task Numbers_of_an_operation_outlive_it_while_memory_is_collected()
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(
            TestContext.Current.CancellationToken
        );
        Task collecting = Task.Run(
            () =>
            {
                while (!ending.IsCancellationRequested)
                {
                    GC.Collect(0, GCCollectionMode.Forced, blocking: true);
                }
            },
            CancellationToken.None
        );
        (long Operations, long Wrong)[] counts = await Task.WhenAll(
            Enumerable.Range(0, 2).Select(_ => Task.Run(() => Calculate(Duration), CancellationToken.None))
        );
        await ending.CancelAsync();
        await collecting;
        Assert.Equal((0, true), (counts.Sum(count => count.Wrong), counts.Sum(count => count.Operations) > 0));
        TestContext.Current.TestOutputHelper!.WriteLine($"{counts.Sum(count => count.Operations)} operations");
    }

    /// <summary>What a method calls, in the order of its code, such as GC.KeepAlive.</summary>
    private static IEnumerable<string> Calls(MethodInfo method)
    {
        byte[] code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (int at = 0; at + sizeof(int) < code.Length; at++)
        {
            if (code[at] != OpCodes.Call.Value && code[at] != OpCodes.Callvirt.Value)
            {
                continue;
            }

            int token = BinaryPrimitives.ReadInt32LittleEndian(code.AsSpan(at + 1));
            if (token >> 24 is 0x06 or 0x0A) // a method of this module, or of another one
            {
                MethodBase called = method.Module.ResolveMethod(token)!;
                yield return $"{called.DeclaringType!.Name}.{called.Name}";
                at += sizeof(int);
            }
        }
    }

    private static (long Operations, long Wrong) Calculate(TimeSpan duration)
    {
        const int Length = 8;
        const double Expected = 15 * Length; // (1 * 3 + 1)² - 1 in each place
        long operations = 0;
        long wrong = 0;
        long begin = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(begin) < duration)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            operations += 4;
            try
            {
                torch.Tensor ones = torch.ones(Length);
                wrong += (((ones * 3.0) + ones).pow(2) - 1.0).sum().ToDouble() == Expected ? 0 : 1;
            }
            catch (ExternalException)
            {
                wrong++;
            }
        }

        return (operations, wrong);
    }
}
