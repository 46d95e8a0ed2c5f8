using Engine.OpModel;

namespace Engine.Ops.Strings;

/// <summary>Kernels that make one value from each string of their first input.</summary>
internal static class EachString
{
    /// <summary>Strings to strings.</summary>
    internal static Kernel Map(Func<byte[], byte[]> body) => To(body);

    /// <summary>Strings to values of the output's type, which is stored as <typeparamref name="T"/>.</summary>
    internal static Kernel To<T>(Func<byte[], T> body) => Kernel.From(context =>
    {
        var input = context.Input(0);
        Fill(input.AsSpan<byte[]>(), context.Allocate(0, input.Shape).AsSpan<T>(), body);
    }, isSequential: true);

    /// <summary>The output has the shape of the first input.</summary>
    internal static void SameShape(InferenceContext c) => c.SetOutput(0, c.Input(0));

    /// <summary>Maps strings that lie in memory already.</summary>
    internal static void Fill<T>(ReadOnlySpan<byte[]> input, Span<T> output, Func<byte[], T> body)
    {
        for (var i = 0; i < input.Length; i++)
            output[i] = body(input[i]);
    }

    /// <summary>The string in a scalar input.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for another shape.</exception>
    internal static byte[] Scalar(Tensor tensor, string what)
        => tensor.Rank == 0 ? tensor.AsSpan<byte[]>()[0] : throw EngineException.InvalidArgument($"{what} must be scalar, but received shape {tensor.Shape}");
}
