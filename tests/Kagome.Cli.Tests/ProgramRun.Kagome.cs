namespace Kagome.Cli.Tests;

internal sealed partial record ProgramRun
{
    /// <summary>Runs the program in this process.</summary>
    /// <remarks>JSON that it prints is checked against its published schema.</remarks>
    public static async Task<ProgramRun> Of(params string[] args)
    {
        ProgramRun run = await Of(KagomeProgram.CreateCommand(), args);
        Schemas.CommandDocuments.Check(args, run);
        return run;
    }
}
