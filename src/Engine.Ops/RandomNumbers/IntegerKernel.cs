using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Ops.RandomNumbers;

/// <summary>Integers of a range: inputs minval and maxval (exclusive), one after the other.</summary>
internal sealed class IntegerKernel(RandomSource source, int shapeInput, int lowInput) : Kernel
{
    /// <summary>The kernel for a node whose output is int32 or int64.</summary>
    internal static Kernel Create(KernelBuilder node, RandomSource source, int shapeInput, int lowInput)
        => node.OutputType(0) is DType.Int32 or DType.Int64 ? new IntegerKernel(source, shapeInput, lowInput) : throw node.NoKernel();

    public override void Compute(KernelContext context)
    {
        Shape shape = IndexTensor.Shape(context.Input(shapeInput), "shape");
        long low = IndexTensor.Scalar(context.Input(lowInput), "minval"), high = IndexTensor.Scalar(context.Input(lowInput + 1), "maxval");
        if (shape.Count > 0 && low >= high)
            throw EngineException.InvalidArgument($"Need minval < maxval, got {low} >= {high}");
        Philox generator = source.Take(context, (UInt128)(ulong)shape.Count * RandomSource.BlocksPerNumber);
        Tensor output = context.Allocate(0, shape);
        if (shape.Count > 0)
            IntegerDistribution.Fill(context.Workers, generator, output, (ulong)low, (ulong)high - (ulong)low);
    }
}
