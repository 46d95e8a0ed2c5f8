using System.Numerics;
using Engine.OpModel;
using Engine.Runtime;
using Engine.Tensors;

namespace Engine.Ops.Fourier;

/// <summary>Transforms of complex arrays along their last dimensions.</summary>
internal static class FourierKernel
{
    /// <summary>The longest transform along a dimension: it and its tables must fit arrays.</summary>
    private const long MaxLength = 1 << 26;

    internal static Kernel Create(KernelBuilder node, bool inverse)
    {
        int dimensions = Dimensions(node.Node.Op);
        return node.Type("Tcomplex") switch
        {
            DType.Complex64 => new FourierKernel<float>(dimensions, inverse),
            DType.Complex128 => new FourierKernel<double>(dimensions, inverse),
            _ => throw node.NoKernel(),
        };
    }

    /// <summary>How many dimensions an op of the family transforms, by its name.</summary>
    internal static int Dimensions(string op) => op.EndsWith("3D", StringComparison.Ordinal) ? 3 : op.EndsWith("2D", StringComparison.Ordinal) ? 2 : 1;

    internal static void CheckRank(Tensor input, int dimensions)
    {
        if (input.Rank < dimensions)
            throw EngineException.InvalidArgument($"Input must have rank of at least {dimensions} but got: {input.Shape}");
    }

    /// <exception cref="EngineException">RESOURCE_EXHAUSTED for an absurd length.</exception>
    internal static int CheckLength(long length)
        => length <= MaxLength ? (int)length : throw EngineException.ResourceExhausted($"A Fourier transform of length {length} is too large.");
}

/// <summary>The kernel for one type; it keeps the tables of the lengths that it saw last.</summary>
internal sealed unsafe class FourierKernel<T>(int dimensions, bool inverse) : Kernel where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly FourierTables<T> _tables = new(dimensions);

    public override void Compute(KernelContext context)
    {
        Tensor input = context.Input(0);
        FourierKernel.CheckRank(input, dimensions);
        Shape shape = input.Shape;
        Tensor output = context.ForwardOrAllocate(0, 0, shape);
        if (shape.Count == 0)
            return;
        RowTransform<T> rows = _tables.Rows(inverse ? RowForm.Inverse : RowForm.Forward, shape[-1]);
        T* target = (T*)output.Pointer<byte>();
        rows.Run(context.Workers, (T*)input.Pointer<byte>(), 2 * shape[-1], target, 2 * shape[-1], shape.Count / shape[-1]);
        for (int axis = shape.Rank - 2; axis >= shape.Rank - dimensions; axis--)
            _tables.Columns(axis - shape.Rank + dimensions, shape[axis], inverse).Run(context.Workers, target, shape.CountOf(0, axis), shape.CountOf(axis + 1, shape.Rank));
    }
}
