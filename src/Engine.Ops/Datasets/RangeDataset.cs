using Engine.OpModel;

namespace Engine.Ops.Datasets;

/// <summary>Integers from a start to a limit.</summary>
[Op("RangeDataset")]
internal sealed class RangeDataset : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, PartialShape.Scalar);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var types = node.Types("output_types");
        if (types.Length != 1 || types[0] is not (DType.Int64 or DType.Int32 or DType.Int16 or DType.Int8 or DType.UInt8 or DType.UInt16 or DType.Float32 or DType.Float64))
            throw node.NoKernel();
        return DatasetOps.Kernel(context =>
        {
            var (start, stop, step) = (context.Int(0, "start"), context.Int(1, "stop"), context.Int(2, "step"));
            if (step == 0)
                throw EngineException.InvalidArgument("step must be a non-zero integer.");
            var span = step > 0 ? (Int128)stop - start : (Int128)start - stop;
            var size = Int128.Abs(step);
            var count = span <= 0 ? 0 : (long)Int128.Min(long.MaxValue, (span + size - 1) / size);
            return new DerivedDataset(types, count, () =>
            {
                var next = 0L;
                return new SteppedIterator(_ => next < count ? [Make(start + next++ * step, types[0])] : null);
            });
        });
    }

    // Beyond 2^53 a double would not hold an int64.
    private static Tensor Make(long value, DType type) => type == DType.Int64 ? Tensor.Scalar(value) : ScalarTensors.Make(value, type);
}
