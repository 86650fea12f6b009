using System.CommandLine;
using Kagome.Cli.Options;
using Kagome.Cli.Views;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;
using Kagome.Formats;
using Kagome.Formats.Calculations;
using static Kagome.Cli.Options.Declare;

namespace Kagome.Cli.Commands;

/// <summary>kagome export: crystals as inputs of calculations from first principles.</summary>
internal static class ExportCommand
{
    private const string Help = """
        Write ready-to-run inputs for Quantum ESPRESSO, GPAW or VASP: a folder for each crystal.

        All compute by PBE with plane waves and relax cell and atoms, unless --energy-only is given. k-points follow the cell's size, cut-offs the code or the pseudopotentials.
        Elements that are often magnetic begin with moments (5 Bohr magnetons in GPAW and VASP). The cell is computed as it is given: --cell primitive makes
        the smallest of it, which costs a fraction of a conventional one.

        Quantum ESPRESSO needs a pseudopotential of each element: from --pseudopotentials, or ESPRESSO_PSEUDO or /usr/share/espresso/pseudo where they exist.
        They are copied beside pw.in. VASP's POTCAR is made where --pseudopotentials is the folder of its potentials.

        Examples:
          kagome export predictions/NaCl/NaCl_001.cif --to qe --cell primitive --pseudopotentials SSSP/
          kagome export predictions/NaCl/candidates.extxyz --to gpaw --out gpaw
          kagome export NaCl.cif --to vasp --energy-only --k-density 8
        """;

    private const string PotentialsVariable = "ESPRESSO_PSEUDO";

    private static readonly Dictionary<string, CalculationCode> Codes = new(StringComparer.Ordinal)
    {
        ["qe"] = CalculationCode.QuantumEspresso,
        ["gpaw"] = CalculationCode.Gpaw,
        ["vasp"] = CalculationCode.Vasp,
    };

    public static Command Create()
    {
        CalculationSettings standard = new();
        CrystalInputs inputs = new();
        Option<string?> to = Choice("--to", "The code: qe (Quantum ESPRESSO), gpaw or vasp.", Codes.Keys);
        to.Required = true;
        Option<string> output = Text("--out", "Folder that takes a folder for each crystal.", "calculations");
        Option<bool> energyOnly = Flag("--energy-only", "Compute energy, forces and stress as it is; relax nothing.");
        Option<double> density = Value(
                "--k-density",
                "k-points per Å⁻¹ of the reciprocal vectors, with 2 π in them.",
                standard.KPointDensity
            )
            .Requiring(token => IsNumber(token, takesZero: false), "a number above 0, such as 4.");
        Option<double?> cutoff = Value<double?>(
                "--cutoff",
                "Of the plane waves, in eV. Default: 520 for vasp, 500 for gpaw, what the pseudopotentials ask for or 60 Ry for qe."
            )
            .Requiring(token => IsNumber(token, takesZero: false), "a number of eV above 0, such as 500.");
        Option<string?> potentials = Text(
            "--pseudopotentials",
            "Folder of UPF files for qe, of VASP's potentials for vasp."
        );
        Option<bool> noSpin = Flag("--no-spin", "No magnetic moments, whatever the elements.");
        Option<CellChoice?> cell = Value<CellChoice?>(
            "--cell",
            "Compute another cell: primitive or conventional (standard ones of the space group, exactly symmetric) or niggli."
        );
        Option<double> symprec = Symprec();
        Option<bool> force = Force("Replace folders that exist, with all that is in them.");
        Option<bool> json = Json();
        Command command = new Command("export", Help)
            .With(inputs.Files)
            .With(inputs.Options)
            .With(to, output, energyOnly, density, cutoff, potentials, noSpin, cell, symprec, force, json);
        return command.SetWork(
            (parsed, cancellation) =>
            {
                CommandStreams streams = CommandStreams.Of(parsed);
                CalculationSettings settings = new()
                {
                    Code = Codes[parsed.GetRequiredValue(to)!],
                    Relaxes = !parsed.GetValue(energyOnly),
                    KPointDensity = parsed.GetValue(density),
                    Cutoff = parsed.GetValue(cutoff),
                    HasSpin = !parsed.GetValue(noSpin),
                    Pseudopotentials = parsed.GetValue(potentials) ?? UsualPotentials(parsed.GetValue(to)),
                };
                CrystalInput input = inputs.Read(parsed);
                CellChoice? choice = parsed.GetValue(cell);
                CrystalRecord[] crystals =
                [
                    .. input
                        .Read()
                        .Select(crystal => choice is { } other ? crystal.In(other, parsed.GetValue(symprec)) : crystal),
                ];
                ExportDocument[] written =
                [
                    .. CalculationInputs
                        .Write(
                            parsed.GetRequiredValue(output),
                            crystals,
                            settings,
                            parsed.GetValue(force),
                            cancellation
                        )
                        .Select(ExportDocument.Of),
                ];
                input.Report(streams.Error);
                foreach (string remark in written.SelectMany(document => document.Remarks).Distinct())
                {
                    streams.Error.WriteLine($"remark: {remark}");
                }

                _ = streams.Print(
                    parsed.GetValue(json),
                    DocumentSchema.Export,
                    written,
                    text => ExportDocument.Print(text, written)
                );
                return input.IsComplete ? ExitCode.Success : ExitCode.BadInput;
            }
        );
    }

    /// <summary>Where Quantum ESPRESSO itself looks for pseudopotentials.</summary>
    private static string? UsualPotentials(string? code) =>
        code == "qe" && Environment.GetEnvironmentVariable(PotentialsVariable) is { Length: > 0 } folder
            ? folder
            : null;
}
