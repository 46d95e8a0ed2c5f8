using System.Numerics;
using Engine.OpModel;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Images;

/// <summary>A function of one colour with a parameter.</summary>
internal interface IColorBody
{
    static abstract (double A, double B, double C) Invoke(double a, double b, double c, double parameter);
}

/// <summary>Kernels that map the triples of the last dimension one by one.</summary>
internal static class ColorMap
{
    /// <summary>The kernel of an op between colour spaces, for all floats.</summary>
    public static Kernel Conversion<TBody>(KernelBuilder node) where TBody : struct, IColorBody => node.Type("T") switch
    {
        DType.Float32 => Kernel.From(Convert<float, TBody>),
        DType.Float64 => Kernel.From(Convert<double, TBody>),
        DType.Float16 => Kernel.From(Convert<Half, TBody>),
        DType.BFloat16 => Kernel.From(Convert<BFloat16, TBody>),
        _ => throw node.NoKernel(),
    };

    /// <summary>The shape function of an op between colour spaces.</summary>
    public static void InferShapes(InferenceContext c)
    {
        var shape = c.WithRankAtLeast(c.Input(0), 1);
        if (shape.HasRank && shape[-1] >= 0 && shape[-1] != 3)
            throw c.Fail($"Dimension must be 3 but is {shape[-1]}");
        c.SetOutput(0, shape);
    }

    /// <summary>The kernel of an adjustment of float images by a scalar.</summary>
    public static Kernel Adjustment<TBody>(KernelBuilder node) where TBody : struct, IColorBody
        => node.Type("T") == DType.Float32 ? Kernel.From(Adjust<TBody>) : throw node.NoKernel();

    private static void Convert<T, TBody>(KernelContext context) where T : unmanaged, INumberBase<T> where TBody : struct, IColorBody
    {
        var input = context.Input(0);
        if (input.Rank < 1)
            throw EngineException.InvalidArgument($"input must be at least 1D {input.Shape}");
        if (input.Shape[-1] != 3)
            throw EngineException.FailedPrecondition($"input must have 3 channels but input only has {input.Shape[-1]} channels.");
        var body = new Pixels<T, TBody>(input, context.Allocate(0, input.Shape), 0);
        context.Workers.Run(input.Count / 3, 24, ref body);
    }

    private static void Adjust<TBody>(KernelContext context) where TBody : struct, IColorBody
    {
        var (images, parameter) = (context.Input(0), context.Input(1));
        if (images.Rank < 3)
            throw EngineException.InvalidArgument($"input must be at least 3-D, got shape {images.Shape}");
        if (parameter.Rank != 0)
            throw EngineException.InvalidArgument($"the adjustment must be scalar: {parameter.Shape}");
        if (images.Shape[-1] != 3)
            throw EngineException.InvalidArgument($"input must have 3 channels but instead has {images.Shape[-1]} channels.");
        var body = new Pixels<float, TBody>(images, context.Allocate(0, images.Shape), parameter.Item<float>());
        context.Workers.Run(images.Count / 3, 32, ref body);
    }

    private readonly unsafe struct Pixels<T, TBody>(Tensor input, Tensor output, double parameter) : IRangeBody
        where T : unmanaged, INumberBase<T> where TBody : struct, IColorBody
    {
        public void Invoke(long start, long end)
        {
            var from = input.Pointer<T>();
            var to = output.Pointer<T>();
            for (var i = start * 3; i < end * 3; i += 3)
            {
                var (a, b, c) = TBody.Invoke(double.CreateTruncating(from[i]), double.CreateTruncating(from[i + 1]), double.CreateTruncating(from[i + 2]), parameter);
                to[i] = T.CreateTruncating(a);
                to[i + 1] = T.CreateTruncating(b);
                to[i + 2] = T.CreateTruncating(c);
            }
        }
    }
}
