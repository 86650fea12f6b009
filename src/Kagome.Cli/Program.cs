using System.Text;
using Kagome.Cli;

if (!OperatingSystem.IsWindows())
{
    return await KagomeProgram.RunAsync(args, Console.Out, Console.Error);
}

// consoles of Windows speak an old code page, in which Å and α are question marks
Encoding before = Console.OutputEncoding;
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
try
{
    return await KagomeProgram.RunAsync(args, Console.Out, Console.Error);
}
finally
{
    Console.OutputEncoding = before;
}
