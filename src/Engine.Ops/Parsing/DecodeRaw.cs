using Engine.OpModel;

namespace Engine.Ops.Parsing;

/// <summary>Strings of equal length as the elements whose bytes they are.</summary>
[Op("DecodeRaw")]
internal sealed class DecodeRaw : IOp
{
    public static void InferShapes(InferenceContext c) => c.SetOutput(0, c.Input(0).Concat([-1]));

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("out_type");
        if (!RawBytes.IsReadable(type) && !type.IsComplex() && type != DType.Bool)
            throw node.NoKernel();
        var littleEndian = node.Bool("little_endian");
        return Kernel.From(context =>
        {
            var input = context.Input(0);
            var strings = input.AsSpan<byte[]>();
            var length = strings.Length == 0 ? 0 : strings[0].Length;
            for (var i = 1; i < strings.Length; i++)
            {
                if (strings[i].Length != length)
                    throw EngineException.InvalidArgument($"DecodeRaw requires input strings to all be the same size, but element {i} has size {strings[i].Length} != {length}");
            }
            if (length % type.Size() != 0)
                throw EngineException.InvalidArgument($"Input to DecodeRaw has length {length} that is not a multiple of {type.Size()}, the size of {type.Name()}");
            var bytes = context.Allocate(0, input.Shape.Concat(Shape.Vector(length / type.Size()))).Bytes();
            for (var i = 0; i < strings.Length; i++)
                strings[i].CopyTo(bytes[(i * length)..]);
            RawBytes.Order(bytes, type, littleEndian);
        });
    }
}
