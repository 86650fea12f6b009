namespace Kagome.Processes.Flow;

/// <summary>One move from a noise level to a lower one.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="FromTime">t, where the move starts and the denoiser is asked.</param>
/// <param name="ToTime">Where it ends; 0 for data.</param>
/// <param name="Levels">T</param>
internal readonly record struct FlowMove(int Number, int FromTime, int ToTime, int Levels)
{
    /// <summary>s: the share of the noise where it starts.</summary>
    public double From => (double)FromTime / Levels;

    /// <summary>The share where it ends.</summary>
    public double To => (double)ToTime / Levels;

    /// <summary>Of the way to the data.</summary>
    public double Part => (double)(FromTime - ToTime) / FromTime;

    /// <summary>The share of the noise's variance that is drawn anew, so that K_s is from K_s' what it was in training: 1 - (α β' / (α' β))², α = 1 - s and β = s.</summary>
    /// <remarks>Source: DDIM (Song et al., ICLR 2021) with η = 1, for these α and β.</remarks>
    public double NewNoise => 1 - Math.Pow((1 - From) * To / ((1 - To) * From), 2);

    /// <summary>The moves of a walk from T to 0 in a given number of moves.</summary>
    public static IEnumerable<FlowMove> Walk(int levels, int moveCount)
    {
        int Time(int moves) => (int)((long)levels * (moveCount - moves) / moveCount);
        return Enumerable
            .Range(1, moveCount)
            .Select(number => new FlowMove(number, Time(number - 1), Time(number), levels));
    }
}
