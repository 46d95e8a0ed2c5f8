using Engine.Graphs;

namespace Engine.Variables;

/// <summary>Given values; of a partitioned variable the part that is asked for.</summary>
internal sealed class TensorInitializer(Tensor value) : Initializer
{
    public override Shape? Shape => value.Shape;

    public override DType Type => value.Type;

    public override Value Build(InitializerTarget target)
    {
        if (target.Slice is null)
            return target.Constant(value, "Const");
        var whole = target.Constant(value, "Const");
        var begin = target.Constant(Tensor.From([.. target.Slice.Offset.Select(o => (int)o)]), "begin");
        var size = target.Constant(Tensor.From([.. target.Shape.Dims.ToArray().Select(d => (int)d)]), "size");
        return target.NewNode("Slice").Input(whole).Input(begin).Input(size).Build()[0];
    }
}
