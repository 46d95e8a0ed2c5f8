using Engine.OpModel;
using Engine.Runtime;

namespace Engine.Ops.LinearAlgebra;

/// <summary>A square matrix as the product of a unit lower and an upper triangle, in one matrix, with the order of its rows.</summary>
[Op("Lu")]
internal sealed class Lu : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        PartialShape input = MatrixStack.InferSquare(c);
        c.SetOutput(0, input);
        if (input.HasRank)
            c.SetOutput(1, input.Slice(0, input.Rank - 1));
    }

    public static Kernel CreateKernel(KernelBuilder node) => MatrixKernels.Create(node, Plan, m => Compute(m[0]), m => Compute(m[0]));


    private static Shape[] Plan(KernelContext context)
    {
        MatrixStack.CheckSquare(context.Input(0));
        Shape shape = context.Input(0).Shape;
        return [Shape.Matrix(shape[-2], shape[-1]), Shape.Vector(shape[-1])];
    }

    private static Matrix<T>[] Compute<T>(Matrix<T> a)
        where T : unmanaged, System.Numerics.INumberBase<T>
    {
        var lu = new LuDecomposition<T>(a);
        if (lu.IsSingular)
            throw EngineException.InvalidArgument("Input is not invertible.");
        var order = new Matrix<T>(a.Rows, 1);
        for (int i = 0; i < a.Rows; i++)
            order[i, 0] = Field<T>.Of(lu.Order[i]);
        return [lu.Factors, order];
    }
}
