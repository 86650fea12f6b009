using Kagome.Benchmarks;
using Kagome.Benchmarks.Micro;
using Kagome.Benchmarks.Processes;
using Kagome.Benchmarks.Proposals;
using Kagome.Benchmarks.Symmetry;
using Kagome.Cli;
using Kagome.Cli.Views;

if (args is ["micro", .. string[] rest])
{
    MicroBenchmarks.Run(rest);
    return ExitCode.Success;
}

if (args is ["proposals", ..])
{
    return await KagomeProgram.RunAsync(ProposalsCommand.CreateRoot(), args, Console.Out, Console.Error);
}

if (args is ["symmetry", ..])
{
    return await KagomeProgram.RunAsync(SymmetryCommand.CreateRoot(), args, Console.Out, Console.Error);
}

if (args is ["occupations", ..])
{
    return await KagomeProgram.RunAsync(OccupationsCommand.CreateRoot(), args, Console.Out, Console.Error);
}

if (args is ["symmetric", ..])
{
    return await KagomeProgram.RunAsync(SymmetricSamplingCommand.CreateRoot(), args, Console.Out, Console.Error);
}

if (args is ["mpi", ..])
{
    return await KagomeProgram.RunAsync(ProcessesCommand.CreateRoot(), args, Console.Out, Console.Error);
}

return await KagomeProgram.RunAsync(BenchCommand.CreateRoot(), ["bench", .. args], Console.Out, Console.Error);
