using System.Buffers;
using System.Numerics;
using Engine.OpModel;
using Engine.Ops.Traversal;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Reductions;

/// <summary>Kernels that find where an element lies along a dimension.</summary>
internal static class ArgumentKernels
{
    internal static void InferShapes(InferenceContext c)
    {
        if (c.Input(1).HasRank && c.Input(1).Rank > 0)
            throw c.Fail($"Shape must be rank 0 but is rank {c.Input(1).Rank}");
        var input = c.Input(0);
        if (!input.HasRank)
            return;
        if (c.InputTensor(1) is not { } dimension)
        {
            c.SetOutput(0, PartialShape.OfRank(Math.Max(input.Rank - 1, 0)));
            return;
        }
        var axis = Axis(input.Rank, dimension);
        c.SetOutput(0, input.Slice(0, axis).Concat(input.Slice(axis + 1)));
    }

    internal static Kernel Create<TPreference>(KernelBuilder node) where TPreference : struct, IPreference
    {
        var type = node.Type("T");
        return ElementTypes.Real(type == DType.Bool ? DType.UInt8 : type, new Factory<TPreference>(node.Type("output_type"))) ?? throw node.NoKernel();
    }

    private static int Axis(int rank, Tensor dimension)
    {
        if (dimension.Count != 1)
            throw EngineException.InvalidArgument($"dim must be a scalar, but received tensor of shape: {dimension.Shape}");
        var axis = dimension.Type switch
        {
            DType.Int16 => dimension.Item<short>(),
            DType.Int32 => dimension.Item<int>(),
            _ => dimension.Item<long>(),
        };
        if (axis < -rank || axis >= rank)
            throw EngineException.InvalidArgument($"Expected dimension in the range [{-rank}, {rank}), but got {axis}");
        return (int)(axis < 0 ? axis + rank : axis);
    }

    private readonly struct Factory<TPreference>(DType output) : IRealFactory where TPreference : struct, IPreference
    {
        public Kernel Create<T>() where T : unmanaged, INumber<T> => output switch
        {
            DType.Int16 => new ArgumentKernel<TPreference, T, short>(),
            DType.UInt16 => new ArgumentKernel<TPreference, T, ushort>(),
            DType.Int32 => new ArgumentKernel<TPreference, T, int>(),
            _ => new ArgumentKernel<TPreference, T, long>(),
        };
    }

    private sealed class ArgumentKernel<TPreference, T, TIndex> : Kernel
        where TPreference : struct, IPreference where T : unmanaged, INumber<T> where TIndex : unmanaged, IBinaryInteger<TIndex>
    {
        public override unsafe void Compute(KernelContext context)
        {
            var x = context.Input(0);
            var axis = Axis(x.Rank, context.Input(1));
            var length = x.Shape[axis];
            if (length == 0)
                throw EngineException.InvalidArgument($"Reduction axis {axis} is empty in shape {x.Shape}");
            var result = context.Allocate(0, x.Shape.Slice(0, axis).Concat(x.Shape.Slice(axis + 1)));
            var inner = x.Shape.CountOf(axis + 1, x.Rank);
            var body = new Range(x.Pointer<T>(), result.Pointer<TIndex>(), length, inner);
            context.Workers.Run(x.Shape.CountOf(0, axis), length * inner * 2, ref body);
        }

        private const int Block = 1024;

        private readonly unsafe struct Range(T* x, TIndex* result, long length, long inner) : IRangeBody
        {
            public void Invoke(long start, long end)
            {
                for (var i = start; i < end; i++)
                {
                    var slice = x + i * length * inner;
                    if (inner == 1 && HasLanes)
                        result[i] = TIndex.CreateTruncating(RowSearch<TPreference, T>.Find(ref *slice, (nint)length));
                    else if (inner == 1)
                        result[i] = TIndex.CreateTruncating(Find(slice));
                    else
                        FindAll(slice, result + i * inner);
                }
            }

            private static bool HasLanes => typeof(T) != typeof(Half) && typeof(T) != typeof(BFloat16);

            // Row after row, so that memory is read in order.
            private void FindAll(T* slice, TIndex* indices)
            {
                var best = ArrayPool<T>.Shared.Rent((int)Math.Min(inner, Block));
                for (var first = 0L; first < inner; first += Block)
                {
                    var width = (int)Math.Min(Block, inner - first);
                    best.AsSpan(0, width).Fill(TPreference.Worst<T>());
                    new Span<TIndex>(indices + first, width).Clear();
                    for (var k = 0L; k < length; k++)
                    {
                        var row = slice + k * inner + first;
                        for (var j = 0; j < width; j++)
                        {
                            if (!TPreference.IsBetter(row[j], best[j]))
                                continue;
                            best[j] = row[j];
                            indices[first + j] = TIndex.CreateTruncating(k);
                        }
                    }
                }
                ArrayPool<T>.Shared.Return(best);
            }

            private long Find(T* source)
            {
                var best = 0L;
                var value = TPreference.Worst<T>();
                for (var k = 0L; k < length; k++)
                {
                    if (!TPreference.IsBetter(source[k], value))
                        continue;
                    best = k;
                    value = source[k];
                }
                return best;
            }
        }
    }
}
