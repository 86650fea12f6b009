using System.CommandLine;

namespace Kagome.Cli.Models;

/// <summary>kagome models verify: whether model files are as they were published.</summary>
internal static class ModelsVerifyCommand
{
    public static Command Create()
    {
        Argument<string[]> models = new("MODEL")
        {
            Description = "Names or files of models; without any, all that came with Kagome.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Command command = new(
            "verify",
            "Compare models with their seals and with the SHA256SUMS beside them.\n\nExample:\n  kagome models verify kagome-g"
        )
        {
            models,
        };
        command.SetWork(
            (parsed, _) => Task.FromResult(Run(parsed.GetValue(models) ?? [], parsed.InvocationConfiguration.Output))
        );
        return command;
    }

    private static int Run(string[] models, TextWriter output)
    {
        ModelVerification[] results =
        [
            .. models.Length > 0
                ? models.Select(ModelLocation.Find).ToArray().Select(ModelVerification.Of)
                : ModelVerification.OfShipped(),
        ];
        if (results.Length == 0)
        {
            throw new BadInputException(
                $"No models came with this program (looked in {ModelLocation.ShippedFolder}). Give the path of a {ModelLocation.Extension} file."
            );
        }

        foreach (ModelVerification result in results)
        {
            output.WriteLine($"{result.Name}: {Verdict(result)}");
        }

        return results.All(result => result.IsIntact) ? ExitCode.Success : ExitCode.Failure;
    }

    private static string Verdict(ModelVerification result) =>
        !result.IsIntact ? $"FAILED: {result.Problem}"
        : result.IsListed ? "OK"
        : $"OK by its own seal; no {ModelChecksums.FileName} lists it";
}
