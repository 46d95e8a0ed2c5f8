using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Ops.Gemm;
using Engine.Runtime;

namespace Engine.Ops.Fourier;

/// <summary>Transforms from real to complex arrays and back along the last dimensions.</summary>
internal static class RealFourierKernel
{
    internal static Kernel Create(KernelBuilder node, bool inverse)
    {
        if ((node.Type("Treal") == DType.Float64) != (node.Type("Tcomplex") == DType.Complex128))
            throw node.Fail($"Wrong types for {node.Node.Op}: Treal is {node.Type("Treal").Name()}, Tcomplex is {node.Type("Tcomplex").Name()}");
        int dimensions = FourierKernel.Dimensions(node.Node.Op);
        return node.Type("Treal") == DType.Float64 ? new RealFourierKernel<double>(dimensions, inverse) : new RealFourierKernel<float>(dimensions, inverse);
    }

    internal static void InferShapes(InferenceContext c, bool inverse)
    {
        int dimensions = FourierKernel.Dimensions(c.Node.Op);
        PartialShape input = c.WithRankAtLeast(c.Input(0), dimensions);
        PartialShape lengths = c.Input(1, 1);
        if (lengths[0] >= 0 && lengths[0] != dimensions)
            throw c.Fail($"Dimension must be {dimensions} but is {lengths[0]}");
        PartialShape known = c.InputAsShape(1);
        if (!input.HasRank)
            return;
        for (int i = 1; i <= dimensions; i++)
        {
            long length = known.HasRank ? known[-i] : -1;
            input = input.With(input.Rank - i, !inverse && i == 1 && length > 0 ? length / 2 + 1 : length);
        }
        c.SetOutput(0, input);
    }
}

/// <summary>
/// The kernel for one type. The spectrum of real numbers is symmetric: of its last dimension the first n / 2 + 1 elements are kept. The input is cut to the
/// length asked for; the kernel keeps the tables of the lengths that it saw last.
/// </summary>
internal sealed unsafe class RealFourierKernel<T>(int dimensions, bool inverse) : Kernel where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly FourierTables<T> _tables = new(dimensions);

    public override void Compute(KernelContext context)
    {
        Tensor input = context.Input(0);
        FourierKernel.CheckRank(input, dimensions);
        long[] lengths = IndexTensor.Vector(context.Input(1), "fft_length");
        if (lengths.Length != dimensions)
            throw EngineException.InvalidArgument($"fft_length must have shape [{dimensions}]");
        long[] needed = [.. input.Shape.Dims], result = [.. input.Shape.Dims];
        for (int i = 0; i < dimensions; i++)
        {
            bool last = i == dimensions - 1;
            int axis = input.Rank - dimensions + i;
            if (lengths[i] < 0)
                throw EngineException.InvalidArgument($"fft_length[{i}] must >= 0, but got: {lengths[i]}");
            long half = lengths[i] == 0 ? 0 : lengths[i] / 2 + 1;
            needed[axis] = inverse && last ? half : lengths[i];
            result[axis] = !inverse && last ? half : lengths[i];
            if (input.Shape[axis] != 0 && input.Shape[axis] < (inverse && last ? lengths[i] / 2 + 1 : lengths[i]))
                throw EngineException.InvalidArgument($"Input dimension {axis} must have length of at least {needed[axis]} but got: {input.Shape[axis]}");
        }
        Tensor output = context.Allocate(0, new Shape(result));
        if (output.Count == 0)
            return;
        if (input.Count == 0)
        {
            output.Clear();
            return;
        }

        // Numbers of the type, two for a complex one.
        int per = inverse ? 2 : 1;
        T* source = (T*)input.Pointer<byte>(), target = (T*)output.Pointer<byte>();
        Shape part = new(needed);
        long width = input.Shape[-1], count = part.Count / part[-1];
        bool isCut = !part.Dims[..^1].SequenceEqual(input.Shape.Dims[..^1]);
        using var copy = new Scratch<T>(isCut || (inverse && dimensions > 1) ? part.Count * per : 0);
        if (copy.Pointer is not null)
        {
            Cut(source, input.Shape, part, per, copy.Pointer);
            source = copy.Pointer;
            width = part[-1];
        }
        RowTransform<T> rows = _tables.Rows(inverse ? RowForm.RealInverse : RowForm.RealForward, lengths[^1]);
        if (inverse)
            Columns(context, source, part);
        rows.Run(context.Workers, source, width * per, target, rows.OutputWidth, count);
        if (!inverse)
            Columns(context, target, output.Shape);
    }

    private void Columns(KernelContext context, T* values, Shape shape)
    {
        for (int i = dimensions - 2; i >= 0; i--)
        {
            int axis = shape.Rank - dimensions + i;
            _tables.Columns(i, shape[axis], inverse).Run(context.Workers, values, shape.CountOf(0, axis), shape.CountOf(axis + 1, shape.Rank));
        }
    }

    /// <summary>Copies the first elements along each dimension.</summary>
    private static void Cut(T* source, Shape shape, Shape part, int per, T* target)
    {
        long[] strides = shape.Strides();
        var index = new long[part.Rank];
        long bytes = part[-1] * per * sizeof(T);
        for (long row = 0; row < part.Count / part[-1]; row++)
        {
            long first = 0;
            for (int i = 0; i < index.Length - 1; i++)
                first += index[i] * strides[i];
            Buffer.MemoryCopy(source + first * per, target + row * part[-1] * per, bytes, bytes);
            for (int i = index.Length - 2; i >= 0 && ++index[i] == part[i]; i--)
                index[i] = 0;
        }
    }
}
