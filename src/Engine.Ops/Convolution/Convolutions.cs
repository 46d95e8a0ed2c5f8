using System.Numerics;
using Engine.Ops.Gemm;
using Engine.Runtime;

namespace Engine.Ops.Convolution;

/// <summary>
/// Convolutions of every element type: 16-bit floats compute in float32 and round once, integers compute exactly. Nothing is checked
/// but the geometry: buffers must have the sizes that it gives.
/// </summary>
internal static unsafe class Convolutions
{
    /// <summary>output = input * filter.</summary>
    public static void Forward<T>(ConvolutionGeometry g, T* input, T* filter, T* output, WorkerTeam? team)
        where T : unmanaged, INumberBase<T>
    {
        if (NarrowFloats.Is<T>())
        {
            using Scratch<float> x = Widen(input, g.InputCount), f = Widen(filter, g.FilterCount), y = new(g.OutputCount);
            Forward(g, x.Pointer, f.Pointer, y.Pointer, team);
            NarrowFloats.Narrow(y.Pointer, output, g.OutputCount);
        }
        else if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
        {
            ExactConvolution.Forward(g, input, filter, output, team);
        }
        else if (IsDepthwise(g))
        {
            DepthwiseConvolution.Forward(g, input, filter, output, team);
        }
        else
        {
            DenseConvolution.Forward(g, input, filter, output, team);
        }
    }

    /// <summary>The gradient of the input.</summary>
    public static void BackpropInput<T>(ConvolutionGeometry g, T* filter, T* outputGradient, T* inputGradient, WorkerTeam? team)
        where T : unmanaged, INumberBase<T>
    {
        if (NarrowFloats.Is<T>())
        {
            using Scratch<float> x = new(g.InputCount), f = Widen(filter, g.FilterCount), y = Widen(outputGradient, g.OutputCount);
            BackpropInput(g, f.Pointer, y.Pointer, x.Pointer, team);
            NarrowFloats.Narrow(x.Pointer, inputGradient, g.InputCount);
        }
        else if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
        {
            ExactConvolution.BackpropInput(g, filter, outputGradient, inputGradient);
        }
        else if (IsDepthwise(g))
        {
            DepthwiseConvolution.BackpropInput(g, filter, outputGradient, inputGradient, team);
        }
        else
        {
            ConvolutionInputGradient.Compute(g, filter, outputGradient, inputGradient, team);
        }
    }

    /// <summary>The gradient of the filter, of floating-point types.</summary>
    public static void BackpropFilter<T>(ConvolutionGeometry g, T* input, T* outputGradient, T* filterGradient, WorkerTeam? team)
        where T : unmanaged, INumberBase<T>
    {
        if (NarrowFloats.Is<T>())
        {
            using Scratch<float> x = Widen(input, g.InputCount), f = new(g.FilterCount), y = Widen(outputGradient, g.OutputCount);
            BackpropFilter(g, x.Pointer, y.Pointer, f.Pointer, team);
            NarrowFloats.Narrow(f.Pointer, filterGradient, g.FilterCount);
        }
        else if (IsDepthwise(g))
        {
            DepthwiseConvolution.BackpropFilter(g, input, outputGradient, filterGradient, team);
        }
        else
        {
            DenseConvolution.BackpropFilter(g, input, outputGradient, filterGradient, team);
        }
    }

    /// <summary>Whether each input channel has filters of its own, and images are flat.</summary>
    public static bool IsDepthwise(ConvolutionGeometry g)
        => g.GroupInputChannels == 1 && g.Groups > 1 && g.Depth == WindowDimension.Single;

    private static Scratch<float> Widen<T>(T* source, long count)
        where T : unmanaged
    {
        var wide = new Scratch<float>(count);
        NarrowFloats.Widen(source, wide.Pointer, count);
        return wide;
    }
}
