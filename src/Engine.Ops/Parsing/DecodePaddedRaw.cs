using Engine.OpModel;
using Engine.Ops.Arrays;

namespace Engine.Ops.Parsing;

/// <summary>Strings as the elements whose bytes they are, cut or padded with zeros to one length.</summary>
[Op("DecodePaddedRaw")]
internal sealed class DecodePaddedRaw : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(1, 0);
        var width = -1L;
        if (c.InputScalar(1) is { } length)
        {
            var size = c.Attr("out_type").AsType().Size();
            if (length <= 0 || size == 0 || length % size != 0)
                throw c.Fail($"fixed_length must be positive and divisible by the size of the output type, got {length}");
            width = length / size;
        }
        c.SetOutput(0, c.Input(0).Concat([width]));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("out_type");
        if (!RawBytes.IsReadable(type) || type == DType.Float16)
            throw node.NoKernel();
        var littleEndian = node.Bool("little_endian");
        return Kernel.From(context =>
        {
            var input = context.Input(0);
            var length = IndexTensor.Scalar(context.Input(1), "k");
            if (length <= 0 || length % type.Size() != 0)
                throw EngineException.InvalidArgument($"fixed_length ({length}) must be greater than zero and divisible by the size of the output type ({type.Size()})");
            var strings = input.AsSpan<byte[]>();
            var bytes = context.AllocateZeros(0, input.Shape.Concat(Shape.Vector(length / type.Size()))).Bytes();
            for (var i = 0; i < strings.Length; i++)
                strings[i].AsSpan(0, (int)Math.Min(length, strings[i].Length)).CopyTo(bytes[(int)(i * length)..]);
            RawBytes.Order(bytes, type, littleEndian);
        });
    }
}
