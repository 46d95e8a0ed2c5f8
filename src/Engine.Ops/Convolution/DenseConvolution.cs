using System.Numerics;
using Engine.Ops.Gemm;
using Engine.Runtime;

namespace Engine.Ops.Convolution;

/// <summary>
/// Convolutions of float and double as products of the patch matrix with the filter. Tensors lie as <see cref="ConvolutionGeometry"/>
/// says; nothing is checked.
/// </summary>
internal static unsafe class DenseConvolution
{
    /// <summary>output = input * filter.</summary>
    public static void Forward<T>(ConvolutionGeometry g, T* input, T* filter, T* output, WorkerTeam? team)
        where T : unmanaged, INumberBase<T>
    {
        long pixels = g.Batch * g.OutputPixels;
        long length = g.Taps * g.GroupInputChannels;
        for (long group = 0; group < g.Groups; group++)
        {
            T* source = input + (group * g.GroupInputChannels);
            T* target = output + (group * g.GroupOutputChannels);
            var weights = new MatrixView<T>(filter + (group * g.GroupOutputChannels), g.OutputChannels, 1);
            if (g.IsPointwise)
            {
                var view = new MatrixView<T>(source, g.InputChannels, 1);
                MatrixProduct.Multiply(pixels, g.GroupOutputChannels, length, view, weights, target, g.OutputChannels, false, team);
                continue;
            }

            var panels = new PatchPanels<T>(Patches(g, source));
            MatrixProduct.MultiplyPanels(
                panels, pixels, g.GroupOutputChannels, length, weights, target, g.OutputChannels, false, team);
        }
    }

    /// <summary>output = input * filter, for one group, with the filter packed before as a matrix [taps * channels, output channels].</summary>
    public static void Forward<T>(ConvolutionGeometry g, T* input, PackedMatrix<T> filter, T* output, WorkerTeam? team)
        where T : unmanaged, INumberBase<T>
    {
        long pixels = g.Batch * g.OutputPixels;
        if (g.IsPointwise)
            MatrixProduct.Multiply(pixels, new MatrixView<T>(input, g.InputChannels, 1), filter, output, g.OutputChannels, false, team);
        else
            MatrixProduct.MultiplyPanels(new PatchPanels<T>(Patches(g, input)), pixels, filter, output, g.OutputChannels, false, team);
    }

    /// <summary>The gradient of the filter: the transposed patch matrix times the output's gradient.</summary>
    public static void BackpropFilter<T>(ConvolutionGeometry g, T* input, T* outputGradient, T* filterGradient, WorkerTeam? team)
        where T : unmanaged, INumberBase<T>
    {
        long rows = g.Taps * g.GroupInputChannels;
        long pixels = g.Batch * g.OutputPixels;
        for (long group = 0; group < g.Groups; group++)
        {
            T* source = input + (group * g.GroupInputChannels);
            T* target = filterGradient + (group * g.GroupOutputChannels);
            var gradient = new MatrixView<T>(outputGradient + (group * g.GroupOutputChannels), g.OutputChannels, 1);
            if (g.IsPointwise)
            {
                var view = new MatrixView<T>(source, 1, g.InputChannels);
                MatrixProduct.Multiply(rows, g.GroupOutputChannels, pixels, view, gradient, target, g.OutputChannels, false, team);
                continue;
            }

            var panels = new TransposedPatchPanels<T>(Patches(g, source));
            MatrixProduct.MultiplyPanels(
                panels, rows, g.GroupOutputChannels, pixels, gradient, target, g.OutputChannels, false, team);
        }
    }

    private static PatchGrid<T> Patches<T>(ConvolutionGeometry g, T* source)
        where T : unmanaged
    {
        // Taps side by side are one run of the image's memory, if no other group's channels lie between.
        bool joined = g.Groups == 1 && g.Width.Dilation == 1;
        long perRow = joined ? 1 : g.Width.Filter;
        var runs = new Triple[g.Depth.Filter * g.Height.Filter * perRow];
        for (long i = 0; i < runs.Length; i++)
        {
            long x = i % perRow;
            long y = i / perRow % g.Height.Filter;
            long z = i / perRow / g.Height.Filter;
            runs[i] = new Triple(
                (z * g.Depth.Dilation) - g.Depth.Before,
                (y * g.Height.Dilation) - g.Height.Before,
                (x * g.Width.Dilation) - g.Width.Before);
        }

        return new PatchGrid<T>(
            source,
            new Triple(g.Depth.Input, g.Height.Input, g.Width.Input),
            g.InputChannels,
            g.GroupInputChannels,
            new Triple(g.Depth.Output, g.Height.Output, g.Width.Output),
            new Triple(g.Depth.Stride, g.Height.Stride, g.Width.Stride),
            runs,
            joined ? g.Width.Filter : 1);
    }
}
