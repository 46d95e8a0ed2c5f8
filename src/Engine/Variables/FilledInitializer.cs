using Engine.Graphs;

namespace Engine.Variables;

/// <summary>One value everywhere: a constant while that is small, as TensorFlow does, else a fill.</summary>
internal sealed class FilledInitializer(string name, double value) : Initializer
{
    private const int LargestConstant = 1000;

    public override Value Build(InitializerTarget target)
    {
        if (target.Shape.Count < LargestConstant || name == "Const")
        {
            var filled = Tensor.Allocate(target.Type, target.Shape);
            Fill(filled, value);
            return target.Constant(filled, name);
        }
        using (target.Graph.NameScope(name))
        {
            var shape = target.ShapeConstant("shape_as_tensor");
            var scalar = target.Constant(Scalar(target.Type), "Const");
            return target.NewNode("Fill", target.Graph.Scope).Input(shape).Input(scalar).Attr("index_type", DType.Int32).Build()[0];
        }
    }

    private Tensor Scalar(DType type) => type == DType.String ? Tensor.Scalar("") : ScalarTensors.Make(value, type);

    private static void Fill(Tensor tensor, double value)
    {
        tensor.Clear();
        if (value == 0 || tensor.Count == 0)
            return;
        var scalar = ScalarTensors.Make(value, tensor.Type).Bytes();
        var bytes = tensor.Bytes();
        for (var at = 0; at < bytes.Length; at += scalar.Length)
            scalar.CopyTo(bytes[at..]);
    }
}
