using System.Numerics;
using System.Text;
using Engine.OpModel;
using Engine.Tensors;

namespace Engine.Ops.Strings;

/// <summary>Values as text, by the rules of C's <c>printf</c>.</summary>
[Op("AsString")]
internal sealed class AsString : IOp
{
    public static void InferShapes(InferenceContext c) => EachString.SameShape(c);

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var type = node.Type("T");
        var (scientific, shortest, precision) = (node.Bool("scientific"), node.Bool("shortest"), node.Int("precision"));
        if (scientific && shortest)
            throw node.Fail("Cannot select both scientific and shortest notation");
        if (!type.IsFloating() && !type.IsComplex())
        {
            if (scientific || shortest)
                throw node.Fail($"scientific and shortest format not supported for datatype {type.Name()}");
            if (precision >= 0 && type != DType.String)
                throw node.Fail($"precision not supported for datatype {type.Name()}");
        }
        var width = node.Int("width");
        var format = new PrintfFormat(node, node.String("fill"), width, precision, shortest ? 'g' : scientific ? 'e' : 'f');
        return type switch
        {
            // Denormal floats are zeros to TensorFlow's threads.
            DType.Float32 => From<float>(x => format.Write(float.IsSubnormal(x) ? (x < 0 ? -0.0 : 0.0) : x)),
            DType.Float64 => From<double>(format.Write),
            DType.Float16 => From<Half>(x => format.Write((double)x)),
            DType.BFloat16 => From<BFloat16>(x => format.Write(float.IsSubnormal((float)x) ? ((float)x < 0 ? -0.0 : 0.0) : (float)x)),
            DType.Complex64 => From<Complex64>(x => $"({format.Write(x.Real)},{format.Write(x.Imaginary)})"),
            DType.Complex128 => From<Complex>(x => $"({format.Write(x.Real)},{format.Write(x.Imaginary)})"),
            DType.Int8 => From<sbyte>(x => format.Write((long)x)),
            DType.Int16 => From<short>(x => format.Write((long)x)),
            DType.Int32 => From<int>(x => format.Write((long)x)),
            DType.Int64 => From<long>(format.Write),
            DType.UInt8 => From<byte>(x => format.Write((ulong)x)),
            DType.UInt16 => From<ushort>(x => format.Write((ulong)x)),
            DType.UInt32 => From<uint>(x => format.Write((ulong)x)),
            DType.UInt64 => From<ulong>(format.Write),
            DType.Bool => From<bool>(x => x ? "true" : "false"),
            DType.String => width <= 0 ? Kernel.From(context => context.Forward(0, 0)) : EachString.Map(format.Write),
            _ => throw node.NoKernel(),
        };
    }

    private static Kernel From<T>(Func<T, string> write) => Kernel.From(context =>
    {
        var input = context.Input(0);
        var values = input.AsSpan<T>();
        var result = context.Allocate(0, input.Shape).AsSpan<byte[]>();
        for (var i = 0; i < values.Length; i++)
            result[i] = Encoding.ASCII.GetBytes(write(values[i]));
    });
}
