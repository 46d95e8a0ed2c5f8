using System.Numerics;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.LinearAlgebra;

/// <summary>
/// Computes matrix by matrix in 64 bits, whatever the element type. The plan checks the inputs and gives the outputs' inner shapes; the computation takes
/// the matrices of the inputs and returns those of the outputs.
/// </summary>
internal sealed class MatrixKernel<T>(Func<KernelContext, Shape[]> plan, Func<Matrix<T>[], Matrix<T>[]> compute, int matrixInputs) : Kernel
    where T : unmanaged, INumberBase<T>
{
    public override bool IsSequential => true;

    public override void Compute(KernelContext context)
    {
        Shape[] inner = plan(context);
        var inputs = new Tensor[matrixInputs];
        for (int i = 0; i < matrixInputs; i++)
        {
            inputs[i] = context.Input(i);
            MatrixStack.Check(inputs[i]);
        }
        Shape batch = inputs[0].Shape.Slice(0, inputs[0].Rank - 2);
        for (int i = 1; i < matrixInputs; i++)
        {
            if (inputs[i].Shape.Slice(0, inputs[i].Rank - 2) != batch)
                throw EngineException.InvalidArgument($"All input tensors must have the same outer dimensions, got {inputs[0].Shape} and {inputs[i].Shape}");
        }
        var outputs = new Tensor[inner.Length];
        for (int i = 0; i < inner.Length; i++)
            outputs[i] = context.Allocate(i, batch.Concat(inner[i]));
        if (outputs.All(o => o.Count == 0))
            return;
        var body = new Body(inputs, outputs, compute);
        long size = Math.Max(inputs[0].Shape[-1], inputs[0].Shape[-2]);
        context.Workers.Run(batch.Count, Math.Min(size, 1 << 20) * size * 20 + 1000, ref body);
    }

    private readonly struct Body(Tensor[] inputs, Tensor[] outputs, Func<Matrix<T>[], Matrix<T>[]> compute) : IRangeBody
    {
        public void Invoke(long start, long end)
        {
            var matrices = new Matrix<T>[inputs.Length];
            for (long index = start; index < end; index++)
            {
                for (int i = 0; i < inputs.Length; i++)
                    matrices[i] = MatrixStack.Read<T>(inputs[i], index);
                Matrix<T>[] results = compute(matrices);
                for (int i = 0; i < results.Length; i++)
                    MatrixStack.Write(results[i], outputs[i], index);
            }
        }
    }
}
