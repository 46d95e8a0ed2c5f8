using System.Numerics.Tensors;
using Engine.Ops.Gemm;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>A tensor of float32, or one of float16 seen as float32: for kernels that compute in the one and take both.</summary>
internal readonly unsafe struct FloatTensor : IDisposable
{
    private readonly Tensor tensor;
    private readonly Scratch<float> scratch;

    private FloatTensor(Tensor tensor)
    {
        this.tensor = tensor;
        if (tensor.Type == DType.Float16)
        {
            scratch = new Scratch<float>(tensor.Count);
            Pointer = scratch.Pointer;
        }
        else
        {
            Pointer = tensor.Pointer<float>();
        }
    }

    internal float* Pointer { get; }

    private Span<float> Values => new(Pointer, checked((int)tensor.Count));

    /// <summary>An input.</summary>
    internal static FloatTensor Of(Tensor input)
    {
        var view = new FloatTensor(input);
        if (input.Type == DType.Float16 && input.Count > 0)
            TensorPrimitives.ConvertToSingle(input.AsSpan<Half>(), view.Values);
        return view;
    }

    /// <summary>An output, of zeros.</summary>
    internal static FloatTensor New(KernelContext context, int output, Shape shape)
    {
        var view = new FloatTensor(context.AllocateZeros(output, shape));
        view.Values.Clear();
        return view;
    }

    /// <summary>Rounds elements to what the tensor can hold.</summary>
    internal void Round(long start, long count)
    {
        if (tensor.Type != DType.Float16)
            return;
        for (var i = start; i < start + count; i++)
            Pointer[i] = (float)(Half)Pointer[i];
    }

    /// <summary>Ends the use; an output gets its values.</summary>
    internal void Save()
    {
        if (tensor.Type == DType.Float16 && tensor.Count > 0)
            TensorPrimitives.ConvertToHalf(Values, tensor.AsSpan<Half>());
    }

    public void Dispose() => scratch.Dispose();
}
