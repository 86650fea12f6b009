namespace Kagome.Evaluation.Properties;

/// <summary>Weighted least squares with a penalty on all coefficients but the last: (Xᵀ W X + λ I) c = Xᵀ W y.</summary>
/// <remarks>By Cholesky's decomposition; λ above 0 makes it positive definite.</remarks>
internal sealed class NormalEquations
{
    private const double BiasPenalty = 1e-6;

    private readonly double[][] lower;

    /// <param name="rows">X, the last column ones.</param>
    /// <param name="weights">The diagonal of W.</param>
    /// <param name="penalty">λ, above 0.</param>
    public NormalEquations(double[][] rows, double[] weights, double penalty)
    {
        int size = rows[0].Length;
        lower = [.. Enumerable.Range(0, size).Select(row => new double[row + 1])];
        for (int example = 0; example < rows.Length; example++)
        {
            double[] x = rows[example];
            for (int i = 0; i < size; i++)
            {
                double scaled = weights[example] * x[i];
                for (int j = 0; j <= i; j++)
                {
                    lower[i][j] += scaled * x[j];
                }
            }
        }

        for (int i = 0; i < size; i++)
        {
            lower[i][i] += i == size - 1 ? BiasPenalty : penalty;
        }

        Decompose();
    }

    /// <summary>c of a right-hand side.</summary>
    public double[] Solve(double[] right)
    {
        double[] solution = [.. right];
        for (int i = 0; i < lower.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                solution[i] -= lower[i][j] * solution[j];
            }

            solution[i] /= lower[i][i];
        }

        for (int i = lower.Length - 1; i >= 0; i--)
        {
            for (int j = i + 1; j < lower.Length; j++)
            {
                solution[i] -= lower[j][i] * solution[j];
            }

            solution[i] /= lower[i][i];
        }

        return solution;
    }

    private void Decompose()
    {
        for (int i = 0; i < lower.Length; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = lower[i][j];
                for (int k = 0; k < j; k++)
                {
                    sum -= lower[i][k] * lower[j][k];
                }

                lower[i][j] = i == j ? Math.Sqrt(sum) : sum / lower[j][j];
            }
        }
    }
}
