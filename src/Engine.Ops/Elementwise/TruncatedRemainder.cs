using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>x less the multiple of y nearest to it on the side of zero: exact, with the sign of x.</summary>
internal readonly struct TruncatedRemainder : IScalarBody2<float, float>, IScalarBody2<double, double>
{
    public static float Invoke(float x, float y) => x % y;

    public static double Invoke(double x, double y) => x % y;
}
