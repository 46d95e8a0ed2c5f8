using Engine.OpModel;

namespace Engine.Ops.Reductions;

/// <summary>One of several short summaries of a tensor's numbers, by mode.</summary>
[Op("DebugNumericSummaryV2")]
internal sealed class DebugNumericSummaryV2 : IOp
{
    private const int CurtHealth = 2, ConciseHealth = 3, FullHealth = 4, ShapeMode = 5, ReduceInfNan = 8;
    private const int ShapeSlots = 6;

    public static void InferShapes(InferenceContext c)
    {
        var length = c.Attr("tensor_debug_mode").AsInt() switch { CurtHealth => 2, ConciseHealth => 5, FullHealth => 11, ShapeMode => 10, ReduceInfNan => 3, _ => -1 };
        c.SetOutput(0, [length]);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var (type, to, mode, id) = (node.Type("T"), node.Type("output_dtype"), node.Int("tensor_debug_mode"), node.Int("tensor_id"));
        if (!NumberCounts.Supports(type) || to is not (DType.Float32 or DType.Float64))
            throw node.NoKernel();
        if (mode is not (CurtHealth or ConciseHealth or FullHealth or ShapeMode or ReduceInfNan))
            throw EngineException.Unimplemented($"Unimplemented tensor debug mode: {mode}").At(node.Node.Name, node.Node.Op);
        var largest = to == DType.Float32 ? 1L << 24 : 1L << 53;
        if (id > largest)
            throw node.Fail($"tensor_id must be at most {largest} to be exact in {to.Name()}, not {id}");
        return Kernel.From(context =>
        {
            var tensor = context.Input(0);
            if (to == DType.Float32 && tensor.Count > 1 << 24 && mode is ConciseHealth or FullHealth)
                throw EngineException.InvalidArgument($"The count {tensor.Count} does not fit float32 exactly; ask for float64.");
            var result = Summarize(tensor, mode, id);
            var output = context.Allocate(0, Shape.Vector(result.Length));
            for (var i = 0; i < result.Length; i++)
            {
                if (to == DType.Float32)
                    output.AsSpan<float>()[i] = (float)result[i];
                else
                    output.AsSpan<double>()[i] = result[i];
            }
        });
    }

    private static double[] Summarize(Tensor tensor, long mode, long id)
    {
        if (mode == ShapeMode)
        {
            // The last dimensions, where there are more than fit.
            var dims = tensor.Shape.Dims[Math.Max(0, tensor.Rank - ShapeSlots)..].ToArray();
            return [id, (int)tensor.Type, tensor.Rank, tensor.Count, .. Enumerable.Range(0, ShapeSlots).Select(i => i < dims.Length ? (double)dims[i] : 0)];
        }
        var c = NumberCounts.Of(tensor, double.NegativeInfinity, double.PositiveInfinity);
        return mode switch
        {
            CurtHealth => [id, c.NaN + c.Low + c.High > 0 ? 1 : 0],
            ConciseHealth => [id, tensor.Count, c.Low, c.High, c.NaN],
            FullHealth => [id, -1, (int)tensor.Type, tensor.Rank, tensor.Count, c.Low, c.High, c.NaN, c.Negative, c.Zero, c.Positive],
            _ => [c.Low > 0 ? double.NegativeInfinity : 0, c.High > 0 ? double.PositiveInfinity : 0, c.NaN > 0 ? double.NaN : 0],
        };
    }
}
