using System.Numerics;
using Engine.Ops.Gemm;
using Engine.Runtime;

namespace Engine.Ops.Convolution;

/// <summary>
/// Depthwise convolutions over two dimensions, of float and double: every input channel has filters of its own, as many as the
/// multiplier says. The geometry has one group for each input channel. Nothing is checked.
/// </summary>
internal static unsafe class DepthwiseConvolution
{
    /// <summary>output = input * filter.</summary>
    public static void Forward<T>(ConvolutionGeometry g, T* input, T* filter, T* output, WorkerTeam? team)
        where T : unmanaged, INumberBase<T>
    {
        if (g.GroupOutputChannels == 1)
        {
            ForwardRepeated(g, input, filter, output, team);
            return;
        }

        using Scratch<T> repeated = ChannelLoops.Repeat(input, g.InputCount, g.GroupOutputChannels);
        ForwardRepeated(g, repeated.Pointer, filter, output, team);
    }

    /// <summary>The gradient of the input.</summary>
    public static void BackpropInput<T>(ConvolutionGeometry g, T* filter, T* outputGradient, T* inputGradient, WorkerTeam? team)
        where T : unmanaged, INumberBase<T>
    {
        long multiplier = g.GroupOutputChannels;
        using var repeated = new Scratch<T>(multiplier == 1 ? 0 : g.InputCount * multiplier);
        T* target = multiplier == 1 ? inputGradient : repeated.Pointer;
        var body = new DepthwiseInputGradient<T>(g, filter, outputGradient, target);
        Run(team, g.Batch * g.Height.Input, g.Width.Input * g.OutputChannels * g.Taps / 4, ref body);
        if (multiplier != 1)
            ChannelLoops.SumRuns(target, inputGradient, g.InputCount, multiplier);
    }

    /// <summary>The gradient of the filter.</summary>
    public static void BackpropFilter<T>(ConvolutionGeometry g, T* input, T* outputGradient, T* filterGradient, WorkerTeam? team)
        where T : unmanaged, INumberBase<T>
    {
        bool repeat = g.GroupOutputChannels != 1;
        using Scratch<T> repeated = ChannelLoops.Repeat(input, repeat ? g.InputCount : 0, g.GroupOutputChannels);
        var body = new DepthwiseFilterGradient<T>(g, repeat ? repeated.Pointer : input, outputGradient, filterGradient);
        Run(team, g.Taps, g.Batch * g.OutputPixels * g.OutputChannels / 4, ref body);
    }

    private static void ForwardRepeated<T>(ConvolutionGeometry g, T* input, T* filter, T* output, WorkerTeam? team)
        where T : unmanaged, INumberBase<T>
    {
        var body = new DepthwiseForward<T>(g, g.OutputChannels, input, filter, output);
        DepthwiseForward<T>.Run(ref body, team, g, g.OutputChannels);
    }

    private static void Run<TBody>(WorkerTeam? team, long items, long cost, ref TBody body)
        where TBody : struct, IRangeBody
    {
        if (team is null)
            body.Invoke(0, items);
        else
            team.Run(items, Math.Max(1, cost), ref body);
    }
}
