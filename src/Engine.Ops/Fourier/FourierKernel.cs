using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Gemm;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Fourier;

/// <summary>Transforms of complex arrays along their last dimensions; computed in 64 bits for both types.</summary>
internal sealed unsafe class FourierKernel(int dimensions, bool inverse) : Kernel
{
    internal static Kernel Create(KernelBuilder node, bool inverse) => new FourierKernel(Dimensions(node.Node.Op), inverse);

    /// <summary>How many dimensions an op of the family transforms, by its name.</summary>
    internal static int Dimensions(string op) => op.EndsWith("3D", StringComparison.Ordinal) ? 3 : op.EndsWith("2D", StringComparison.Ordinal) ? 2 : 1;

    public override void Compute(KernelContext context)
    {
        Tensor input = context.Input(0);
        CheckRank(input, dimensions);
        Tensor output = context.Allocate(0, input.Shape);
        using var work = new Scratch<Complex>(output.Count);
        ComplexElements.Read(input, work.Pointer);
        for (int axis = input.Rank - dimensions; axis < input.Rank; axis++)
            AxisTransforms.Run(context.Workers, work.Pointer, input.Shape, axis, inverse);
        ComplexElements.Write(work.Pointer, output);
    }

    internal static void CheckRank(Tensor input, int dimensions)
    {
        if (input.Rank < dimensions)
            throw EngineException.InvalidArgument($"Input must have rank of at least {dimensions} but got: {input.Shape}");
    }
}
