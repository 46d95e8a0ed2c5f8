using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Gemm;
using Engine.Runtime;

namespace Engine.Ops.LinearAlgebra;

/// <summary>
/// Einsum of one element type: each operand becomes a stack of matrices, by strides if they allow it, else by a copy; the product of
/// the stacks is brought into the order of the result. 16-bit floats compute in float32.
/// </summary>
internal sealed unsafe class EinsumKernel<T>(KernelBuilder node) : Kernel
    where T : unmanaged, INumberBase<T>
{
    private readonly EinsumEquation _equation = EinsumEquation.Parse(node.String("equation"), node.InputCount);

    public override void Compute(KernelContext context)
    {
        var axes = new StridedAxes[context.InputCount];
        int broadcast = 0;
        for (int i = 0; i < axes.Length; i++)
        {
            Shape shape = context.Input(i).Shape;
            int[] labels = EinsumEquation.Expand(_equation.Operands[i], shape.Rank);
            broadcast = Math.Max(broadcast, labels.Count(label => label < 0));
            axes[i] = StridedAxes.Of(labels, shape.Dims);
        }

        if (broadcast > 0 && !EinsumEquation.HasEllipsis(_equation.Result))
            throw EngineException.InvalidArgument($"Output contains {broadcast} broadcasting dimension(s) but no ellipsis (...) was found in the output subscripts.");
        int[] result = _equation.ExpandResult(broadcast);
        Dictionary<int, long> sizes = Sizes(axes);
        var resultShape = new Shape([.. result.Select(label => sizes.GetValueOrDefault(label, 1))]);
        Tensor output = context.Allocate(0, resultShape);
        if (!NarrowFloats.Is<T>())
        {
            T* right = axes.Length > 1 ? context.Input(1).Pointer<T>() : null;
            EinsumProduct<T>.Compute(axes, result, sizes, context.Input(0).Pointer<T>(), right, output, output.Pointer<T>(), context.Workers);
            return;
        }

        using Scratch<float> a = Widen(context.Input(0)), b = axes.Length > 1 ? Widen(context.Input(1)) : new Scratch<float>(0);
        using var c = new Scratch<float>(output.Count);
        EinsumProduct<float>.Compute(axes, result, sizes, a.Pointer, b.Pointer, output, c.Pointer, context.Workers);
        NarrowFloats.Narrow(c.Pointer, output.Pointer<T>(), output.Count);
    }

    private static Scratch<float> Widen(Tensor tensor)
    {
        var wide = new Scratch<float>(tensor.Count);
        NarrowFloats.Widen(tensor.Pointer<T>(), wide.Pointer, tensor.Count);
        return wide;
    }

    /// <summary>The size of each label, over both operands; dimensions of an ellipsis broadcast.</summary>
    private static Dictionary<int, long> Sizes(StridedAxes[] operands)
    {
        var sizes = new Dictionary<int, long>();
        foreach (StridedAxes axes in operands)
        {
            foreach (int label in axes.Labels)
            {
                long size = axes.Size(label);
                if (!sizes.TryGetValue(label, out long known) || (label < 0 && known == 1))
                    sizes[label] = size;
                else if (size != known && (label >= 0 || size != 1))
                    throw EngineException.InvalidArgument($"Expected dimension {known} for label '{(label < 0 ? "..." : (char)label)}' but got dimension {size}");
            }
        }

        return sizes;
    }
}
