using Engine.Ops.Convolution;
using Engine.Ops.Traversal;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>The sum of tensors that are broadcast together, with an activation: for convolutions and what is added to them when they differ in shape.</summary>
internal static unsafe class BroadcastSum
{
    /// <summary>Output 0 = activation(x + y).</summary>
    public static void Compute(KernelContext context, Tensor x, Tensor y, TileActivation activation)
    {
        Shape shape = Broadcasting.Shape(x.Shape, y.Shape);
        Tensor output = context.Allocate(0, shape);
        if (output.Count == 0)
            return;
        int last = shape.Rank - 1;
        long[] xSteps = Steps(x.Shape, shape.Rank), ySteps = Steps(y.Shape, shape.Rank);
        float* to = output.Pointer<float>();
        var index = new long[shape.Rank];
        for (long row = output.Count / shape[last]; row > 0; row--, to += shape[last])
        {
            float* left = x.Pointer<float>(), right = y.Pointer<float>();
            for (int d = 0; d < last; d++)
            {
                left += index[d] * xSteps[d];
                right += index[d] * ySteps[d];
            }

            for (long c = 0; c < shape[last]; c++)
            {
                float sum = left[c * xSteps[last]] + right[c * ySteps[last]];
                to[c] = sum < activation.Low ? activation.Low : sum > activation.High ? activation.High : sum;
            }

            if (activation.HasLoop)
                activation.Apply(to, shape[last]);
            for (int d = last - 1; d >= 0 && ++index[d] == shape[d]; d--)
                index[d] = 0;
        }
    }

    // Distances of elements along the dimensions of the result, 0 where one element goes with all.
    private static long[] Steps(Shape shape, int rank)
    {
        var steps = new long[rank];
        long step = 1;
        for (int d = 1; d <= shape.Rank; d++)
        {
            long size = shape[shape.Rank - d];
            steps[rank - d] = size == 1 ? 0 : step;
            step *= size;
        }

        return steps;
    }
}
