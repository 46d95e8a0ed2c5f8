using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Gemm;
using Engine.Ops.Traversal;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>A convolution of any type, then a pass over its results for the fused ops; of 16-bit floats, rounded after each.</summary>
internal sealed unsafe class FusedConvolutionOpsKernel<T>(Kernel convolution, FusedConvolutionOps end) : Kernel
    where T : unmanaged
{
    public override void Compute(KernelContext context)
    {
        convolution.Compute(context);
        Tensor y = context.Output(0)!;
        long channels = y.Shape[-1];
        if (y.Count == 0)
            return;
        for (int i = 2; i < context.InputCount; i++)
        {
            Tensor argument = context.Input(i);
            bool isAddend = end.HasAddend && i == context.InputCount - 1;
            if (isAddend ? !argument.Shape.Equals(y.Shape) : argument.Rank != 1 || argument.Count != channels)
                throw EngineException.InvalidArgument($"Argument {i - 2} of {context.Node.Op} has shape {argument.Shape}, which does not go with results of shape {y.Shape}");
        }

        if (typeof(T) == typeof(float))
        {
            Finish<float>(context.Workers, y, i => context.Input(i));
        }
        else if (typeof(T) == typeof(double))
        {
            Finish<double>(context.Workers, y, i => context.Input(i));
        }
        else
        {
            using Tensor wide = WideTensor.Of<T>(context, y);
            Tensor[] arguments = [.. Enumerable.Range(2, context.InputCount - 2).Select(i => WideTensor.Of<T>(context, context.Input(i)))];
            Finish<float>(context.Workers, wide, i => arguments[i - 2]);
            WideTensor.Narrow<T>(wide, y);
            foreach (Tensor argument in arguments)
                argument.Dispose();
        }
    }

    private void Finish<TWide>(WorkerTeam workers, Tensor y, Func<int, Tensor> input) where TWide : unmanaged, INumberBase<TWide>
    {
        long channels = y.Shape[-1];
        TWide* bias = end.HasBias ? input(2).Pointer<TWide>() : null;
        using var factors = new Scratch<TWide>(end.HasNorm ? 2 * channels : 0);
        if (end.HasNorm)
        {
            var (scales, offsets) = end.Normalisation<TWide>(input(2).AsSpan<TWide>(), input(3).AsSpan<TWide>(), input(4).AsSpan<TWide>(), input(5).AsSpan<TWide>());
            bias = factors.Pointer + channels;
            for (int i = 0; i < channels; i++)
            {
                factors.Pointer[i] = TWide.CreateTruncating(scales[i]);
                bias[i] = TWide.CreateTruncating(offsets[i]);
            }
        }

        var epilogue = new Epilogue<TWide>(bias, end.Activation, end.Alpha, end.HasAddend ? input(3).Pointer<TWide>() : null, channels);
        var body = new Pixels<TWide>(y.Pointer<TWide>(), channels, factors.Pointer, epilogue);
        workers.Run(y.Count / channels, channels, ref body);
    }

    private readonly struct Pixels<TWide>(TWide* y, long channels, TWide* factors, Epilogue<TWide> epilogue) : IRangeBody where TWide : unmanaged, INumberBase<TWide>
    {
        public void Invoke(long start, long end)
        {
            for (long i = start * channels; factors is not null && i < end * channels; i++)
                y[i] *= factors[i % channels];
            epilogue.Apply(y + (start * channels), channels, end - start, channels, start, 0);
        }
    }
}
