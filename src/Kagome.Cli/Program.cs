using Kagome.Cli;

return await KagomeProgram.RunAsync(args, Console.Out, Console.Error);
