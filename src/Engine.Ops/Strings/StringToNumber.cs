using System.Text;
using Engine.OpModel;

namespace Engine.Ops.Strings;

/// <summary>Numbers from their text.</summary>
[Op("StringToNumber")]
internal sealed class StringToNumber : IOp
{
    private delegate bool Parser<T>(ReadOnlySpan<byte> text, out T value);

    public static void InferShapes(InferenceContext c) => EachString.SameShape(c);

    public static Kernel CreateKernel(KernelBuilder node) => node.Type("out_type") switch
    {
        DType.Float32 => Kernel<float>(NumberText.TrySingle),
        DType.Float64 => Kernel<double>(NumberText.TryDouble),
        DType.Int32 => Kernel<int>(NumberText.TryInteger),
        DType.Int64 => Kernel<long>(NumberText.TryInteger),
        _ => throw node.NoKernel(),
    };

    private static Kernel Kernel<T>(Parser<T> parse) => EachString.To(s => parse(s, out var value)
        ? value
        : throw EngineException.InvalidArgument($"StringToNumberOp could not correctly convert string: {Encoding.UTF8.GetString(s)}"));
}
