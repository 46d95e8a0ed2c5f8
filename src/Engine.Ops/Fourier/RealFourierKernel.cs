using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Ops.Gemm;
using Engine.Runtime;

namespace Engine.Ops.Fourier;

/// <summary>
/// Transforms from real to complex arrays and back along the last dimensions. The spectrum of real numbers is symmetric: of its last dimension the first
/// n / 2 + 1 elements are kept. The input is cut to the length asked for.
/// </summary>
internal sealed unsafe class RealFourierKernel(int dimensions, bool inverse) : Kernel
{
    internal static Kernel Create(KernelBuilder node, bool inverse)
    {
        if ((node.Type("Treal") == DType.Float64) != (node.Type("Tcomplex") == DType.Complex128))
            throw node.Fail($"Wrong types for {node.Node.Op}: Treal is {node.Type("Treal").Name()}, Tcomplex is {node.Type("Tcomplex").Name()}");
        return new RealFourierKernel(FourierKernel.Dimensions(node.Node.Op), inverse);
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

        // The whole spectrum: room for the symmetric half too.
        Shape full = output.Shape.With(-1, lengths[^1]), part = new(needed);
        using var work = new Scratch<Complex>(full.Count);
        Crop(input, part, work.Pointer, full[-1]);
        if (inverse)
            Inverse(context.Workers, work.Pointer, full, part[-1]);
        else
            Forward(context.Workers, work.Pointer, full);
        long rows = full.Count / full[-1], width = output.Shape[-1];
        for (long row = 0; row < rows; row++)
        {
            for (long i = 0; i < width; i++)
                ComplexElements.Set(output, row * width + i, work.Pointer[row * full[-1] + i]);
        }
    }

    private void Forward(WorkerTeam workers, Complex* work, Shape full)
    {
        for (int axis = full.Rank - 1; axis >= full.Rank - dimensions; axis--)
            AxisTransforms.Run(workers, work, full, axis, false);
    }

    private void Inverse(WorkerTeam workers, Complex* work, Shape full, long half)
    {
        for (int axis = full.Rank - dimensions; axis < full.Rank - 1; axis++)
            AxisTransforms.Run(workers, work, full, axis, true);
        long length = full[-1];
        for (long row = 0; row < full.Count / length; row++)
        {
            for (long i = half; i < length; i++)
                work[row * length + i] = Complex.Conjugate(work[row * length + length - i]);
        }
        AxisTransforms.Run(workers, work, full, full.Rank - 1, true);
    }

    /// <summary>Copies the first elements along each dimension into rows of another width.</summary>
    private static void Crop(Tensor input, Shape part, Complex* work, long width)
    {
        long[] strides = input.Shape.Strides();
        var index = new long[part.Rank];
        long rows = part.Count / part[-1];
        for (long row = 0; row < rows; row++)
        {
            long first = 0;
            for (int i = 0; i < index.Length - 1; i++)
                first += index[i] * strides[i];
            for (long i = 0; i < width; i++)
                work[row * width + i] = i < part[-1] ? ComplexElements.At(input, first + i) : Complex.Zero;
            for (int i = index.Length - 2; i >= 0 && ++index[i] == part[i]; i--)
                index[i] = 0;
        }
    }
}
