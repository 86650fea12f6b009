using Kagome.Crystals.Lattices;

namespace Kagome.Web.Scenes;

/// <summary>The faces of a small convex body, such as the octahedron that six atoms span.</summary>
internal static class ConvexHull
{
    private const double Coplanar = 0.05; // Å: corners this near to a face's plane are corners of it

    /// <summary>Triangles of points, seen from outside against the clock; faces of more corners are cut into several.</summary>
    /// <returns>Empty where the points lie in a plane.</returns>
    public static IReadOnlyList<IReadOnlyList<int>> Faces(IReadOnlyList<Cartesian> points)
    {
        List<IReadOnlyList<int>> triangles = [];
        HashSet<string> planes = new(StringComparer.Ordinal);
        for (int first = 0; first < points.Count; first++)
        {
            for (int second = first + 1; second < points.Count; second++)
            {
                for (int third = second + 1; third < points.Count; third++)
                {
                    if (
                        Face(points, first, second, third) is { } corners
                        && planes.Add(string.Join(' ', corners.Order()))
                    )
                    {
                        triangles.AddRange(
                            Enumerable
                                .Range(1, corners.Count - 2)
                                .Select(at => new[] { corners[0], corners[at], corners[at + 1] })
                        );
                    }
                }
            }
        }

        return triangles;
    }

    /// <summary>The corners of the face that three points are of, in their order around it; null where they are of none.</summary>
    private static IReadOnlyList<int>? Face(IReadOnlyList<Cartesian> points, int first, int second, int third)
    {
        Cartesian normal = (points[second] - points[first]).Cross(points[third] - points[first]);
        double length = normal.Length;
        if (length < Coplanar)
        {
            return null; // on a line
        }

        normal = (1 / length) * normal;
        double[] heights = [.. points.Select(point => normal.Dot(point - points[first]))];
        bool isBelow = heights.All(height => height < Coplanar);
        bool isAbove = heights.All(height => height > -Coplanar);
        if (isBelow == isAbove)
        {
            return null; // points on both sides, or all in the plane
        }

        Cartesian outward = isBelow ? normal : -1 * normal;
        int[] corners = [.. Enumerable.Range(0, points.Count).Where(at => Math.Abs(heights[at]) < Coplanar)];
        Cartesian middle =
            (1.0 / corners.Length) * corners.Aggregate(default(Cartesian), (sum, at) => sum + points[at]);
        Cartesian right = points[corners[0]] - middle;
        Cartesian up = outward.Cross(right);
        return [.. corners.OrderBy(at => Math.Atan2((points[at] - middle).Dot(up), (points[at] - middle).Dot(right)))];
    }
}
