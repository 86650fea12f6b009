namespace Kagome.Cli.Evaluation;

/// <summary>Seconds that threads spent, summed over threads and over sessions.</summary>
internal sealed record JournalTiming(double Sampling = 0, double Scoring = 0)
{
    public JournalTiming Plus(JournalTiming other) => new(Sampling + other.Sampling, Scoring + other.Scoring);
}
