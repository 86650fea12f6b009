namespace Kagome.Core.Neighbors;

/// <summary>All whole numbers, those nearest to a number first: for 0.3 these are 0, 1, -1, 2, -2, …</summary>
internal struct NearestFirst(double center)
{
    private readonly double nearest = Math.Round(center);
    private readonly double side = center >= Math.Round(center) ? 1 : -1;
    private int visited = -1;

    public readonly double Current => nearest + (visited % 2 == 1 ? side : -side) * ((visited + 1) / 2);

    public readonly NearestFirst GetEnumerator() => this;

    public bool MoveNext() => ++visited < int.MaxValue;
}
