using System.Numerics;
using Engine.Graphs;
using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.Quantization;

/// <summary>Convolution of quantized images, channels last, as 32-bit levels.</summary>
[Op("QuantizedConv2D")]
internal sealed class QuantizedConv2D : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        PartialShape images = c.Input(0, 4), filter = c.Input(1, 4);
        QuantizedRange.InferShapes(c, 2);
        if (images[3] >= 0 && filter[2] >= 0 && images[3] != filter[2])
            throw c.Fail($"Dimensions must be equal, but are {images[3]} and {filter[2]}");
        c.SetOutput(0, new PartialShape(images[0], -1, -1, filter[3]));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var strides = node.Ints("strides");
        if (strides.Length != 4 || strides[0] != 1 || strides[3] != 1)
            throw node.Fail("strides must have 4 elements, those of batch and channels 1");
        if (strides[1] != strides[2])
            throw node.Fail("Current implementation only supports equal length strides in the row and column dimensions.");
        if (strides[1] <= 0 || strides[1] > int.MaxValue)
            throw node.Fail($"Sliding window stride {strides[1]} must be positive");
        if (node.Ints("dilations").Any(d => d != 1))
            throw node.Fail("Current implementation only supports dilated rate as 1 in the row and column dimensions.");
        var same = node.String("padding") switch
        {
            "SAME" => true,
            "VALID" => false,
            var name => throw node.Fail($"Unknown padding type: {name}"),
        };
        return (node.Type("Tinput"), node.Type("Tfilter"), node.Type("out_type")) switch
        {
            (DType.QUInt8, DType.QUInt8, DType.QInt32) => Kernel.From(context => Compute<byte>(context, strides[1], same)),
            (DType.QUInt8, DType.QInt8, DType.QInt32) => Kernel.From(context => Compute<sbyte>(context, strides[1], same)),
            _ => throw node.NoKernel(),
        };
    }

    public static Gradient?[] Gradient(GradientContext g) => throw g.NotDifferentiable();

    private static void Compute<T>(KernelContext context, long stride, bool same) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        Tensor images = context.Input(0), filter = context.Input(1);
        if (images.Rank != 4 || filter.Rank != 4)
            throw EngineException.InvalidArgument($"input and filter must be 4-dimensional, not {images.Shape} and {filter.Shape}");
        if (images.Shape[3] != filter.Shape[2])
            throw EngineException.InvalidArgument($"input and filter must have the same depth: {images.Shape[3]} vs {filter.Shape[2]}");
        if (filter.Count == 0)
            throw EngineException.InvalidArgument($"filter must not be empty: {filter.Shape}");
        var (rangeX, rangeF) = (QuantizedRange.Read(context, 2, 3), QuantizedRange.Read(context, 4, 5));
        var (height, before) = Extent(images.Shape[1], filter.Shape[0], stride, same);
        var (width, left) = Extent(images.Shape[2], filter.Shape[1], stride, same);
        var output = context.AllocateZeros(0, new Shape(images.Shape[0], height, width, filter.Shape[3]));
        var (low, high) = Levels.ProductRange<byte, T, int>(rangeX, rangeF);
        new QuantizedRange(low, high).Write(context);
        if (output.Count == 0 || images.Count == 0)
            return;
        var weights = new int[filter.Count];
        var zeroF = (int)Levels.Unclamped<T>(0, rangeF.Low, rangeF.High);
        for (var i = 0; i < weights.Length; i++)
            weights[i] = int.CreateTruncating(filter.AsSpan<T>()[i]) - zeroF;
        var body = new Rows(images, weights, filter.Shape, output, stride, before, left, (int)Levels.Unclamped<byte>(0, rangeX.Low, rangeX.High));
        context.Workers.Run(images.Shape[0] * height, width * filter.Count, ref body);
    }

    /// <summary>The output's length along an axis and the padding before the input.</summary>
    private static (long Length, long Before) Extent(long input, long window, long stride, bool same)
    {
        if (same)
        {
            var length = (input + stride - 1) / stride;
            return (length, Math.Max(0, ((length - 1) * stride) + window - input) / 2);
        }
        return input >= window ? (((input - window) / stride) + 1, 0)
            : throw EngineException.InvalidArgument($"Computed output size would be negative: input {input}, window {window}");
    }

    private readonly unsafe struct Rows(Tensor images, int[] weights, Shape filter, Tensor output, long stride, long before, long left, int zero) : IRangeBody
    {
        public void Invoke(long start, long end)
        {
            var (height, width) = (images.Shape[1], images.Shape[2]);
            var (depth, channels) = ((int)filter[2], (int)filter[3]);
            for (var r = start; r < end; r++)
            {
                var (b, y) = (r / output.Shape[1], r % output.Shape[1]);
                for (var x = 0L; x < output.Shape[2]; x++)
                {
                    var sums = new Span<int>(output.Pointer<int>() + (((r * output.Shape[2]) + x) * channels), channels);
                    for (var i = 0L; i < filter[0]; i++)
                    {
                        var row = (y * stride) + i - before;
                        if (row < 0 || row >= height)
                            continue;
                        for (var j = 0L; j < filter[1]; j++)
                        {
                            var column = (x * stride) + j - left;
                            if (column < 0 || column >= width)
                                continue;
                            var pixel = images.Pointer<byte>() + ((((b * height) + row) * width) + column) * depth;
                            for (var d = 0; d < depth; d++)
                                Add(sums, weights.AsSpan((int)((((i * filter[1]) + j) * depth) + d) * channels, channels), pixel[d] - zero);
                        }
                    }
                }
            }
        }

        private static void Add(Span<int> sums, ReadOnlySpan<int> factors, int level)
        {
            for (var c = 0; c < sums.Length; c++)
                sums[c] = unchecked(sums[c] + (level * factors[c]));
        }
    }
}
