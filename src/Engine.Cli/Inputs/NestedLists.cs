using System.Globalization;

namespace Engine.Cli.Inputs;

/// <summary>Nested lists of scalars to tensors.</summary>
internal static class NestedLists
{
    /// <exception cref="EngineException">INVALID_ARGUMENT for ragged lists and mixed kinds.</exception>
    internal static Tensor ToTensor(object value, DType wanted)
    {
        if (value is Typed typed)
            (value, wanted) = (typed.Value, typed.Type);
        if (value is FilledArray filled)
        {
            using var one = ToTensor(filled.Value, wanted);
            return Fill(one, new Shape(filled.Dims));
        }
        var dims = new List<long>();
        for (var v = value; v is List<object> list; v = list[0])
        {
            dims.Add(list.Count);
            if (list.Count == 0)
                break;
        }
        var scalars = new List<object>();
        Flatten(value, dims, 0, scalars);
        var type = wanted != DType.Invalid ? wanted : Guess(scalars);
        var shape = new Shape(dims.ToArray());
        var tensor = Tensor.Allocate(type, shape);
        for (var i = 0; i < scalars.Count; i++)
            Set(tensor, i, scalars[i]);
        return tensor;
    }

    private static Tensor Fill(Tensor one, Shape shape)
    {
        var tensor = Tensor.Allocate(one.Type, shape);
        if (one.Type == DType.String)
        {
            tensor.AsSpan<byte[]>().Fill(one.Item<byte[]>());
            return tensor;
        }
        var to = tensor.Bytes();
        var from = one.Bytes();
        for (var i = 0; i < to.Length; i += from.Length)
            from.CopyTo(to[i..]);
        return tensor;
    }

    private static void Flatten(object value, List<long> dims, int depth, List<object> scalars)
    {
        if (depth == dims.Count)
        {
            scalars.Add(value is List<object> ? throw Ragged() : value);
            return;
        }
        if (value is not List<object> list || list.Count != dims[depth])
            throw Ragged();
        foreach (var item in list)
            Flatten(item, dims, depth + 1, scalars);
    }

    private static EngineException Ragged() => EngineException.InvalidArgument("The lists of an expression must have equal lengths in each dimension.");

    private static DType Guess(List<object> scalars) => scalars.Count == 0 ? DType.Float32
        : scalars.Exists(s => s is byte[]) ? DType.String
        : scalars.TrueForAll(s => s is bool) ? DType.Bool
        : scalars.TrueForAll(s => s is long or bool) ? DType.Int64 : DType.Float64;

    private static void Set(Tensor tensor, int index, object scalar)
    {
        if (tensor.Type == DType.String)
        {
            tensor.AsSpan<byte[]>()[index] = scalar as byte[] ?? throw EngineException.InvalidArgument($"A string is expected, not {scalar}.");
            return;
        }
        if (scalar is byte[])
            throw EngineException.InvalidArgument($"A {tensor.Type.Name()} is expected, not a string.");
        using var one = tensor.Type is DType.Int64 && scalar is long exact ? Tensor.Scalar(exact)
            : ScalarTensors.Make(Convert.ToDouble(scalar, CultureInfo.InvariantCulture), tensor.Type);
        var size = tensor.Type.Size();
        one.Bytes().CopyTo(tensor.Bytes().Slice(index * size, size));
    }
}
