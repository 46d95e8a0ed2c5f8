using Engine.OpModel;
using Engine.Ops.Traversal;

namespace Engine.Ops.Elementwise;

/// <summary>The remainder with the sign of y.</summary>
internal readonly struct FlooredRemainder : IScalarBody2<float, float>, IScalarBody2<double, double>
{
    public static float Invoke(float x, float y)
    {
        var r = x % y;
        return r != 0 && y < 0 != r < 0 ? r + y : r;
    }

    public static double Invoke(double x, double y)
    {
        var r = x % y;
        return r != 0 && y < 0 != r < 0 ? r + y : r;
    }
}
