using System.Runtime.CompilerServices;
using Engine.OpModel;
using Engine.Ops.Convolution;
using Engine.Ops.Gemm;
using Engine.Ops.Lanes;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>y = activation(x * scale + shift), over the last dimension's elements; short rows are joined to pieces that fill vectors.</summary>
internal sealed unsafe class ScaleShiftKernel(KernelBuilder node) : Kernel
{
    /// <summary>Elements of a piece, at least, unless a row is longer.</summary>
    private const long PieceLength = 512;

    private readonly TileActivation _activation = new(
        node.String("activation") is { Length: > 0 } name ? Enum.Parse<Activation>(name) : Activation.None, node.Float("alpha"));

    public override void Compute(KernelContext context)
    {
        Tensor x = context.Input(0), scale = context.Input(1), shift = context.Input(2);
        if (x.Rank == 0 || scale.Rank != 1 || shift.Rank != 1 || scale.Count != x.Shape[-1] || shift.Count != scale.Count)
            throw EngineException.InvalidArgument($"scale and shift must have as many elements as the last dimension of {x.Shape}, not {scale.Shape} and {shift.Shape}");
        float* source = x.Pointer<float>();
        Tensor y = context.ForwardOrAllocate(0, 0, x.Shape);
        if (y.Count == 0)
            return;
        long channels = scale.Count;
        int repeats = (int)Math.Max(1, PieceLength / channels / 16 * 16);
        using var vectors = new Scratch<float>(2 * repeats * channels);
        for (int i = 0; i < repeats; i++)
        {
            scale.AsSpan<float>().CopyTo(new Span<float>(vectors.Pointer + (i * channels), (int)channels));
            shift.AsSpan<float>().CopyTo(new Span<float>(vectors.Pointer + ((repeats + i) * channels), (int)channels));
        }

        long piece = repeats * channels;
        var body = new Pieces(source, y.Pointer<float>(), x.Count, piece, vectors.Pointer, vectors.Pointer + piece, _activation);
        FloatWidth.Invoke(ref body);
        context.Workers.Run((x.Count + piece - 1) / piece, Math.Max(1, piece / (_activation.HasLoop ? 1 : 8)), ref body);
    }

    private struct Pieces(float* x, float* y, long count, long piece, float* scale, float* shift, TileActivation activation) : IFloatAction, IRangeBody
    {
        private delegate*<ref Pieces, long, void> _piece;

        public void Invoke<W, V>()
            where W : struct, IFloatLanes<V, float>
            => _piece = &Compute<W, V>;

        public void Invoke(long start, long end)
        {
            for (long i = start; i < end; i++)
                _piece(ref this, i);
        }

        private readonly long First(long index, out long length)
        {
            long first = index * piece;
            length = Math.Min(piece, count - first);
            return first;
        }

        private static void Compute<W, V>(ref Pieces body, long index)
            where W : struct, IFloatLanes<V, float>
        {
            long first = body.First(index, out long length);
            body.Lanes<W, V>(first, length);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void Lanes<W, V>(long first, long length)
            where W : struct, IFloatLanes<V, float>
        {
            float* from = x + first, to = y + first;
            V low = W.Broadcast(activation.Low), high = W.Broadcast(activation.High);
            nint i = 0;
            for (; i + W.Count <= length; i += W.Count)
                W.Store(W.MinLimit(high, W.MaxLimit(low, W.Fma(W.Load(ref *from, i), W.Load(ref *scale, i), W.Load(ref *shift, i)))), ref *to, i);
            for (; i < length; i++)
            {
                float value = float.FusedMultiplyAdd(from[i], scale[i], shift[i]);
                to[i] = value < activation.Low ? activation.Low : value > activation.High ? activation.High : value;
            }

            if (activation.HasLoop)
                activation.Apply(to, length);
        }
    }
}
