using Kagome.Cli.Output;

namespace Kagome.Cli.Diagnosis;

/// <summary>Gathers all findings and lists the problems among them with the way out.</summary>
internal static class Doctor
{
    public static int Run(bool printsJson, TextWriter output)
    {
        Finding[] findings =
        [
            .. VersionFindings.Collect(),
            .. TorchFindings.Collect(),
            SymmetryLibrary.Find(),
            .. MachineFindings.Collect(),
            .. ModelFindings.Collect(),
            .. SelfTest.Collect(),
        ];
        if (printsJson)
        {
            output.WriteLine(JsonText.Format(findings));
        }
        else
        {
            Print(findings, output);
        }

        return findings.Any(finding => finding.State == FindingState.Broken) ? ExitCode.Failure : ExitCode.Success;
    }

    private static void Print(Finding[] findings, TextWriter output)
    {
        TextTable table = new();
        foreach (Finding finding in findings)
        {
            table.Add(finding.Name, finding.Value);
        }

        table.Write(output);
        output.WriteLine();
        PrintProblems(findings, FindingState.Broken, "Broken:", output);
        PrintProblems(findings, FindingState.Limited, "Could be better:", output);
        if (findings.All(finding => finding.State != FindingState.Broken))
        {
            output.WriteLine("Kagome works here.");
        }
    }

    private static void PrintProblems(Finding[] findings, FindingState state, string heading, TextWriter output)
    {
        Finding[] problems = [.. findings.Where(finding => finding.State == state)];
        if (problems.Length == 0)
        {
            return;
        }

        output.WriteLine(heading);
        foreach (Finding problem in problems)
        {
            output.WriteLine($"  {problem.Name}: {problem.Value}. {problem.WayOut}");
        }
    }
}
