using Kagome.Benchmarks;
using Kagome.Benchmarks.Micro;
using Kagome.Cli;
using Kagome.Cli.Views;

if (args is ["micro", .. string[] rest])
{
    MicroBenchmarks.Run(rest);
    return ExitCode.Success;
}

return await KagomeProgram.RunAsync(BenchCommand.CreateRoot(), ["bench", .. args], Console.Out, Console.Error);
