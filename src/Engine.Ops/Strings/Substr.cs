using System.Text;
using Engine.OpModel;
using Engine.Ops.Arrays;
using Engine.Ops.Traversal;

namespace Engine.Ops.Strings;

/// <summary>Parts of strings, by position and length in bytes or UTF-8 characters; a negative position counts from the end.</summary>
[Op("Substr")]
internal sealed class Substr : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        if (c.Input(1).HasRank)
            c.WithRank(c.Input(2), c.Input(1).Rank);
        c.Input(1).Merge(c.Input(2));
        c.SetOutput(0, c.Broadcast(c.Input(0), c.Input(1)));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        if (node.Type("T") is not (DType.Int32 or DType.Int64))
            throw node.NoKernel();
        var isCharacters = Utf8Text.IsCharacterUnit(node);
        return Kernel.From(context =>
        {
            var input = context.Input(0);
            var place = context.Input(1).Shape;
            if (context.Input(2).Shape != place)
                throw EngineException.InvalidArgument($"pos and len should have the same shape, got: {place} vs. {context.Input(2).Shape}");
            var (positions, lengths) = (IndexTensor.Read(context.Input(1)), IndexTensor.Read(context.Input(2)));
            var shape = Broadcasting.Shape(input.Shape, place);
            if (shape.Rank > 2 && input.Shape != place && place.Rank != 0)
                throw EngineException.Unimplemented($"Substr broadcast not implemented for {shape.Rank} dimensions");
            var strings = input.AsSpan<byte[]>();
            var result = context.Allocate(0, shape).AsSpan<byte[]>();
            var (x, y) = (Index(input.Shape, shape), Index(place, shape));
            for (var i = 0; i < result.Length; i++)
            {
                var (s, k) = ((int)x(i), y(i));
                result[i] = isCharacters ? Characters(strings[s], positions[k], lengths[k]) : Bytes(strings[s], positions[k], lengths[k]);
            }
        });
    }

    /// <summary>From an element of the output to that of an input that is broadcast to it.</summary>
    private static Func<int, long> Index(Shape from, Shape to)
    {
        if (from == to)
            return i => i;
        if (from.Count == 1)
            return _ => 0;
        var strides = from.Strides();
        var aligned = new long[to.Rank];
        for (var i = 1; i <= from.Rank; i++)
            aligned[^i] = from[-i] == 1 ? 0 : strides[^i];
        return i =>
        {
            var (rest, offset) = ((long)i, 0L);
            for (var d = to.Rank - 1; d >= 0; d--)
            {
                (rest, var at) = Math.DivRem(rest, to[d]);
                offset += at * aligned[d];
            }
            return offset;
        };
    }

    private static byte[] Bytes(byte[] text, long position, long length)
    {
        var start = position < 0 ? position + text.Length : position;
        if (start < 0 || start > text.Length)
            throw OutOfRange(text, position);
        // A negative length is a huge unsigned one: all that is left.
        return text.AsSpan((int)start, length < 0 ? text.Length - (int)start : (int)Math.Min(length, text.Length - start)).ToArray();
    }

    private static byte[] Characters(byte[] text, long position, long length)
    {
        var wanted = position == long.MinValue ? long.MaxValue : Math.Abs(position);
        var (start, passed) = position < 0 ? Utf8Text.BackFromEnd(text, wanted) : Utf8Text.Forward(text, 0, wanted);
        if (passed != wanted)
            throw OutOfRange(text, position);
        return text.AsSpan(start, Utf8Text.Forward(text, start, length).At - start).ToArray();
    }

    private static EngineException OutOfRange(byte[] text, long position)
        => EngineException.InvalidArgument($"pos {position} out of range for string b'{Encoding.UTF8.GetString(text)}'");
}
