using System.Numerics;

namespace Engine.Ops.Images;

/// <summary>How much two candidates for selection cover each other.</summary>
internal interface IOverlap<T>
{
    T Between(int a, int b);
}

/// <summary>Intersection over union of boxes given by two opposite corners.</summary>
internal readonly unsafe struct BoxOverlap<T>(T* boxes, int stride) : IOverlap<T> where T : unmanaged, INumber<T>
{
    public T Between(int a, int b)
    {
        T* p = boxes + ((long)a * stride), q = boxes + ((long)b * stride);
        T pTop = T.Min(p[0], p[2]), pLeft = T.Min(p[1], p[3]), pBottom = T.Max(p[0], p[2]), pRight = T.Max(p[1], p[3]);
        T qTop = T.Min(q[0], q[2]), qLeft = T.Min(q[1], q[3]), qBottom = T.Max(q[0], q[2]), qRight = T.Max(q[1], q[3]);
        T pArea = (pBottom - pTop) * (pRight - pLeft), qArea = (qBottom - qTop) * (qRight - qLeft);
        if (pArea <= T.Zero || qArea <= T.Zero)
            return T.Zero;
        var height = T.Max(T.Min(pBottom, qBottom) - T.Max(pTop, qTop), T.Zero);
        var width = T.Max(T.Min(pRight, qRight) - T.Max(pLeft, qLeft), T.Zero);
        return height * width / (pArea + qArea - (height * width));
    }
}

/// <summary>Overlaps looked up in a matrix.</summary>
internal readonly unsafe struct GivenOverlap(float* overlaps, int count) : IOverlap<float>
{
    public float Between(int a, int b) => overlaps[((long)a * count) + b];
}
