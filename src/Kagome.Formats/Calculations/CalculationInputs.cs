using Kagome.Crystals.Lattices;
using Kagome.Crystals.Structures;
using Kagome.Crystals.Validity;
using Kagome.Formats.Text;

namespace Kagome.Formats.Calculations;

/// <summary>Writes inputs of calculations from first principles, ready to run: a folder for each crystal.</summary>
/// <remarks>Safe to use from several threads that write to other folders.</remarks>
public static class CalculationInputs
{
    private const string ReplacesOption = "Replaces";

    /// <summary>Writes the inputs of crystals; all names are checked before anything is written, and each crystal's folder appears when it is complete.</summary>
    /// <param name="folder">Takes a folder for each crystal, named after it.</param>
    /// <param name="crystals">The crystals, in the cells to compute.</param>
    /// <param name="settings">What is computed, and how exactly.</param>
    /// <param name="replaces">Whether folders that exist are replaced, with all that is in them.</param>
    /// <param name="cancellation">Stops between crystals.</param>
    /// <exception cref="OptionException">A setting is out of its range.</exception>
    /// <exception cref="InputException">A folder exists, or a pseudopotential is missing.</exception>
    /// <exception cref="StructureFormatException">A folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static IReadOnlyList<CalculationInput> Write(
        string folder,
        IReadOnlyList<CrystalRecord> crystals,
        CalculationSettings settings,
        bool replaces = false,
        CancellationToken cancellation = default
    )
    {
        settings.Validate();
        IStructureFormat cif = StructureFormats.ByName("cif");
        string[] folders =
        [
            .. StructureFileNames
                .Of(crystals, cif)
                .Select(name => Path.Combine(folder, name[..^StructureFileNames.EndingOf(cif).Length])),
        ];
        if (!replaces && folders.FirstOrDefault(Path.Exists) is { } existing)
        {
            throw new InputException(
                $"{existing} exists; choose another folder, or replace it with {ReplacesOption}.",
                existing,
                ReplacesOption
            );
        }

        foreach (CrystalRecord crystal in crystals)
        {
            RequireThickness(crystal);
        }

        CalculationFiles[] files = [.. crystals.Select(crystal => Of(RightHanded(crystal), settings))];
        WritingProblem.Guard(folder, () => Directory.CreateDirectory(folder));
        for (int at = 0; at < folders.Length; at++)
        {
            cancellation.ThrowIfCancellationRequested();
            Write(folders[at], files[at]);
        }

        return
        [
            .. folders
                .Zip(crystals, files)
                .Select(written => new CalculationInput(
                    written.First,
                    written.Second,
                    [written.Third.Grid.A, written.Third.Grid.B, written.Third.Grid.C],
                    written.Third.CutoffElectronvolt,
                    StructureValidity.QuickProblem(written.Second.Structure) is { } problem
                        ? [$"{written.Second.Id} is hardly a crystal: {problem}", .. written.Third.Remarks]
                        : written.Third.Remarks
                )),
        ];
    }

    /// <exception cref="InputException">A crystal's cell is so flat that its k-points could not be counted.</exception>
    private static void RequireThickness(CrystalRecord crystal)
    {
        const double Thinnest = 0.5; // Å; hydrogen under the highest pressures has more than 1 Å between its layers
        Lattice reciprocal = crystal.Structure.Lattice.Reciprocal;
        double thickness = 1 / Math.Max(reciprocal.A.Length, Math.Max(reciprocal.B.Length, reciprocal.C.Length));
        if (thickness < Thinnest)
        {
            throw new InputException(
                FormattableString.Invariant(
                    $"{crystal.Id} has a cell of {thickness:G3} Å between two of its faces; expected at least {Thinnest} Å. Is it in Å, and three-dimensional?"
                ),
                thickness
            );
        }
    }

    /// <summary>The same crystal with its atoms in the cell, along vectors that point the other way where they are left-handed: VASP takes no others.</summary>
    private static CrystalRecord RightHanded(CrystalRecord crystal)
    {
        Lattice lattice = crystal.Structure.Lattice;
        Cartesian nowhere = new(0, 0, 0);
        Fractional origin = new(0, 0, 0);
        IEnumerable<Site> Sites(Func<Fractional, Fractional> place) =>
            crystal.Structure.Sites.Select(site => site with { Position = place(site.Position).Wrap() });
        return crystal with
        {
            Structure =
                lattice.Determinant > 0
                    ? new Structure(lattice, Sites(position => position))
                    : new Structure(
                        new Lattice(nowhere - lattice.A, nowhere - lattice.B, nowhere - lattice.C),
                        Sites(position => origin - position)
                    ),
        };
    }

    private static CalculationFiles Of(CrystalRecord crystal, CalculationSettings settings) =>
        settings.Code switch
        {
            CalculationCode.Gpaw => GpawInput.Of(crystal, settings),
            CalculationCode.Vasp => VaspInput.Of(crystal, settings),
            _ => EspressoInput.Of(crystal, settings),
        };

    private static void Write(string folder, CalculationFiles files) =>
        WritingProblem.Guard(
            folder,
            () =>
            {
                using AtomicFolder whole = new(folder);
                foreach ((string name, string text) in files.Texts)
                {
                    File.WriteAllText(Path.Combine(whole.Location, name), text);
                }

                foreach ((string name, string source) in files.Copies)
                {
                    File.Copy(source, Path.Combine(whole.Location, name));
                }

                whole.Complete();
            }
        );
}

/// <summary>The input of a calculation that was written.</summary>
/// <param name="Folder">Where it is.</param>
/// <param name="Crystal">What is computed.</param>
/// <param name="KPoints">Points of the grid along the three reciprocal vectors.</param>
/// <param name="Cutoff">Of the plane waves, eV.</param>
/// <param name="Remarks">What has to be known or added before it runs.</param>
public sealed record CalculationInput(
    string Folder,
    CrystalRecord Crystal,
    IReadOnlyList<int> KPoints,
    double Cutoff,
    IReadOnlyList<string> Remarks
);
