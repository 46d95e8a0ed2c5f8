using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Ops.RandomNumbers;

/// <summary>Integers of all values of their type.</summary>
internal sealed class FullIntegerKernel(RandomSource source, int shapeInput) : Kernel
{
    internal static Kernel Create(KernelBuilder node, RandomSource source, int shapeInput)
        => node.OutputType(0) is DType.Int32 or DType.Int64 or DType.UInt32 or DType.UInt64 ? new FullIntegerKernel(source, shapeInput) : throw node.NoKernel();

    public override void Compute(KernelContext context)
    {
        Shape shape = IndexTensor.Shape(context.Input(shapeInput), "shape");
        Philox generator = source.Take(context, (UInt128)(ulong)shape.Count * RandomSource.BlocksPerNumber);
        IntegerDistribution.Fill(context.Workers, generator, context.Allocate(0, shape));
    }
}
