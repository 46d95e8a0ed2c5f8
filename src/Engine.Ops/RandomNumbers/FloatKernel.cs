using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Runtime;

namespace Engine.Ops.RandomNumbers;

/// <summary>Fills an output whose shape is an input with numbers of one distribution.</summary>
internal sealed class FloatKernel(RandomSource source, int shapeInput, Action<WorkerTeam, Philox, Tensor> fill) : Kernel
{
    /// <summary>The kernel for a node whose output is of a float type.</summary>
    internal static Kernel Create(KernelBuilder node, RandomSource source, int shapeInput, Action<WorkerTeam, Philox, Tensor> fill)
        => node.OutputType(0).IsFloating() && node.OutputType(0).Size() >= 2 ? new FloatKernel(source, shapeInput, fill) : throw node.NoKernel();

    public override void Compute(KernelContext context)
    {
        Shape shape = IndexTensor.Shape(context.Input(shapeInput), "shape");
        Philox generator = source.Take(context, (UInt128)(ulong)shape.Count * RandomSource.BlocksPerNumber);
        fill(context.Workers, generator, context.Allocate(0, shape));
    }
}
