using Kagome.Crystals.Structures;
using Kagome.Crystals.Symmetry;

namespace Kagome;

/// <summary>One crystal on its way down: its place, its memory of curvature, and the step that it tries.</summary>
internal sealed class RelaxingCrystal
{
    /// <summary>Share of the decrease that the slope promises which a step must bring (Armijo).</summary>
    private const double SufficientDecrease = 1e-4;

    private const int MostGuardHalvings = 10;

    private readonly RelaxationOptions settings;
    private readonly CollapseGuard? guard;
    private readonly LbfgsMemory memory = new();
    private readonly InvariantMoves? moves;
    private double[] point;
    private double[] gradient = [];
    private double energy;
    private double energyBefore;
    private double[] step = [];
    private int halvings;
    private int iterations;
    private RelaxationEnd? end;

    /// <param name="original">Valid where <see cref="RelaxationOptions.GuardsCollapse"/>.</param>
    /// <param name="settings">How to go.</param>
    public RelaxingCrystal(Structure original, RelaxationOptions settings)
    {
        CrystalSymmetry? symmetry = settings.KeepsSymmetry ? new SymmetryFinder(settings.Symprec).Find(original) : null;
        (Original, this.settings) = (symmetry?.Symmetrised ?? original, settings);
        moves = symmetry is null ? null : new InvariantMoves(Original, symmetry.Operations);
        guard = settings.GuardsCollapse ? new CollapseGuard(original) : null;
        point = CrystalPoint.Of(Original);
        Trial = point;
    }

    /// <summary>Where it starts: the crystal as it was given, or with exact symmetry where that is kept.</summary>
    public Structure Original { get; }

    public bool IsActive => end is null;

    /// <summary>Where the energy is wanted next.</summary>
    public double[] Trial { get; private set; }

    /// <summary>Takes the energy and gradient at <see cref="Trial"/>, and chooses the next one or stops.</summary>
    public void Take(double energyAtTrial, double[] gradientAtTrial)
    {
        bool isFinite = double.IsFinite(energyAtTrial) && gradientAtTrial.All(double.IsFinite);
        gradientAtTrial = moves?.OfGradient(gradientAtTrial) ?? gradientAtTrial;
        if (gradient.Length == 0)
        {
            Begin(energyAtTrial, gradientAtTrial, isFinite);
        }
        else if (isFinite && IsLowEnough(energyAtTrial))
        {
            Accept(energyAtTrial, gradientAtTrial);
        }
        else if (halvings < settings.Halvings)
        {
            halvings++;
            Try([.. step.Select(entry => entry / 2)]);
        }
        else
        {
            end = isFinite ? RelaxationEnd.NoLowerEnergy : RelaxationEnd.Diverged;
        }
    }

    public RelaxedCrystal Result()
    {
        bool isWorse = !(energy <= energyBefore);
        return end == RelaxationEnd.Diverged || isWorse
            ? new RelaxedCrystal(Original, RelaxationEnd.Diverged, iterations, energyBefore, energyBefore)
            : new RelaxedCrystal(
                iterations == 0 ? Original : CrystalPoint.ToStructure(Original, point),
                end!.Value,
                iterations,
                energyBefore,
                energy
            );
    }

    private void Begin(double startEnergy, double[] startGradient, bool isFinite)
    {
        (energy, energyBefore, gradient) = (startEnergy, startEnergy, startGradient);
        if (!isFinite)
        {
            end = RelaxationEnd.Diverged;
        }
        else if (gradient.Max(Math.Abs) <= settings.GradientTolerance)
        {
            end = RelaxationEnd.Converged;
        }
        else
        {
            Go();
        }
    }

    private bool IsLowEnough(double energyAtTrial) =>
        settings.Halvings == 0 || energyAtTrial <= energy + (SufficientDecrease * LbfgsMemory.Dot(step, gradient));

    private void Accept(double newEnergy, double[] newGradient)
    {
        memory.Learn(step, gradient, newGradient);
        double change = Math.Abs(newEnergy - energy);
        (point, energy, gradient) = (Trial, newEnergy, newGradient);
        iterations++;
        if (
            gradient.Max(Math.Abs) <= settings.GradientTolerance
            || step.Max(Math.Abs) <= settings.ChangeTolerance
            || change < settings.ChangeTolerance
        )
        {
            end = RelaxationEnd.Converged;
        }
        else if (iterations == settings.Iterations)
        {
            end = RelaxationEnd.IterationLimit;
        }
        else
        {
            Go();
        }
    }

    /// <summary>A new direction: of length 1 at most in the first step, then as the memory says.</summary>
    private void Go()
    {
        halvings = 0;
        double[] direction = memory.Direction(gradient);
        direction = moves?.OfStep(direction) ?? direction;
        double size = iterations == 0 ? Math.Min(1, 1 / gradient.Sum(Math.Abs)) : 1;
        double[] whole = [.. direction.Select(entry => entry * size)];
        double reach = CrystalPoint.Reach(CrystalPoint.ToStructure(Original, point).Lattice, whole);
        double allowed = reach > settings.LargestStepAngstrom ? settings.LargestStepAngstrom / reach : 1;
        if (LbfgsMemory.Dot(direction, gradient) > -settings.ChangeTolerance)
        {
            end = RelaxationEnd.Converged;
        }
        else
        {
            Try([.. whole.Select(entry => entry * allowed)]);
        }
    }

    /// <summary>Tries a step, or the longest of its halves that the guard allows.</summary>
    private void Try(double[] wanted)
    {
        step = wanted;
        for (int halving = 0; halving <= MostGuardHalvings; halving++)
        {
            Trial = [.. point.Zip(step, (place, move) => place + move)];
            if (IsAllowed(Trial))
            {
                return;
            }

            step = [.. step.Select(entry => entry / 2)];
        }

        end = guard is null ? RelaxationEnd.Diverged : RelaxationEnd.Guard;
    }

    private bool IsAllowed(double[] trial)
    {
        try
        {
            Structure structure = CrystalPoint.ToStructure(Original, trial);
            return guard?.Allows(structure) ?? true;
        }
        catch (ArgumentException)
        {
            return false; // no lattice at all
        }
    }
}
