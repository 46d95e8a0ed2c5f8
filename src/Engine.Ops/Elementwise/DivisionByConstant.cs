using Engine.OpModel;
using Engine.Tensors;

namespace Engine.Ops.Elementwise;

/// <summary>
/// A division by floats that are known when the plan is made is a product with their reciprocals. TensorFlow's optimiser does the same, and its answers show it:
/// a floor may see 5.9999995 where the quotient is 6.
/// </summary>
internal static class DivisionByConstant
{
    /// <param name="c">The division.</param>
    /// <param name="product">The op that multiplies.</param>
    internal static bool Simplify(RewriteContext c, string product)
    {
        var divisor = c.Input(1);
        return divisor.Constant is not null && (divisor.Type.IsFloating() || divisor.Type.IsComplex())
            && c.Replace(product, [c.Input(0), c.Add("Reciprocal", [divisor])]);
    }
}
