using Engine.OpModel;

namespace Engine.Ops.Reductions;

/// <summary>Counts, extremes, mean and variance of a tensor, its type and shape, as one vector.</summary>
[Op("DebugNumericSummary")]
internal sealed class DebugNumericSummary : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.OfRank(1));

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("T");
        if (!NumberCounts.Supports(type) || type is DType.Float16 or DType.BFloat16)
            throw node.NoKernel();
        var (lower, upper, mute) = (node.Float("lower_bound"), node.Float("upper_bound"), node.Bool("mute_if_healthy"));
        return Kernel.From(context =>
        {
            var tensor = context.Input(0);
            var counts = NumberCounts.Of(tensor, lower, upper);
            if (mute && tensor.Count > 0 && counts.NaN == 0 && counts.Low == 0 && counts.High == 0)
            {
                context.Allocate(0, Shape.Vector(0));
                return;
            }
            double[] result = [1, tensor.Count, counts.NaN, counts.Low, counts.Negative, counts.Zero, counts.Positive, counts.High, counts.Minimum, counts.Maximum,
                counts.Mean, counts.Variance(tensor), (int)tensor.Type, tensor.Rank, .. tensor.Shape.Dims.ToArray().Select(d => (double)d)];
            result.CopyTo(context.Allocate(0, Shape.Vector(result.Length)).AsSpan<double>());
        });
    }
}
