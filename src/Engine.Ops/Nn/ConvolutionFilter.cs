using Engine.Ops.Convolution;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>A dense filter of float32 and how convolutions with it are computed. What is packed for it is kept.</summary>
/// <param name="filter">The filter: spatial sizes, input channels of a group, output channels. Must stay as long as this object.</param>
/// <param name="isConstant">Whether it is used again and again, so that transforming it pays.</param>
internal sealed unsafe class ConvolutionFilter(Tensor filter, bool isConstant)
{
    private readonly Lock _lock = new();
    private FilterPanels? _panels;
    private FilterPanels? _transformed;
    private NarrowFilter? _narrow;

    /// <summary>output = end(input * filter).</summary>
    public void Forward(ConvolutionGeometry g, float* input, float* output, in TileEnd end, WorkerTeam workers)
    {
        if (isConstant && WinogradFilter.Suits(g) && WinogradConvolution.Forward(g, input, Transformed(g), output, end, workers))
            return;
        if (isConstant && NarrowFilter.Pixels(g) is > 1 and long pixels && Narrow(g, pixels).Forward(g, input, output, end, workers))
            return;
        DirectConvolution.Forward(g, input, Panels(g), output, end, workers);
    }

    private FilterPanels Transformed(ConvolutionGeometry g)
    {
        if (Volatile.Read(ref _transformed) is { } transformed)
            return transformed;
        lock (_lock)
        {
            if (_transformed is null)
            {
                _transformed = WinogradFilter.Transform(filter.Pointer<float>(), g.InputChannels, g.OutputChannels);
                filter.Unload();
            }
            return _transformed;
        }
    }

    private NarrowFilter Narrow(ConvolutionGeometry g, long pixels)
    {
        if (Volatile.Read(ref _narrow) is not { } narrow || narrow.Count != pixels)
            Volatile.Write(ref _narrow, narrow = new NarrowFilter(g, filter.Pointer<float>(), pixels));
        return narrow;
    }

    private FilterPanels Panels(ConvolutionGeometry g)
    {
        FilterPanels? panels = Volatile.Read(ref _panels);
        if (panels is not null && panels.Groups == g.Groups)
            return panels;
        lock (_lock)
        {
            if (_panels is null || _panels.Groups != g.Groups)
            {
                _panels = new FilterPanels(filter.Pointer<float>(), g.Groups, g.Taps * g.GroupInputChannels, g.GroupOutputChannels);
                filter.Unload();
            }
            return _panels;
        }
    }
}
