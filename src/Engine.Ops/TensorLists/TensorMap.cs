using Engine.Resources;

namespace Engine.Ops.TensorLists;

/// <summary>Tensors by tensor keys, in a variant; changed only while the tensor that holds it is exclusive.</summary>
internal sealed class TensorMap : IAddableVariant, IZerosLikeVariant
{
    /// <summary>Keys by what they are equal by, in the order they came.</summary>
    internal OrderedDictionary<string, (Tensor Key, Tensor Value)> Items { get; } = [];

    /// <summary>Text that is equal for equal keys.</summary>
    internal static string Identity(Tensor key)
    {
        var content = key.Type switch
        {
            DType.String => string.Join(',', key.ToArray<byte[]>().Select(Convert.ToHexString)),
            DType.Resource or DType.Variant => throw EngineException.Unimplemented($"Keys of type {key.Type.Name()} are not supported."),
            _ => Convert.ToHexString(key.Bytes()),
        };
        return $"{key.Type}{key.Shape}{content}";
    }

    internal TensorMap Copy()
    {
        var copy = new TensorMap();
        foreach (var (identity, (key, value)) in Items)
            copy.Items.Add(identity, (key.Share(), value.Share()));
        return copy;
    }

    public object Add(object other)
    {
        if (other is not TensorMap map)
            throw EngineException.InvalidArgument("A map can only be added to a map.");
        var sum = Copy();
        foreach (var (identity, (key, value)) in map.Items)
            sum.Items[identity] = (key, sum.Items.TryGetValue(identity, out var mine) ? VariantAlgebra.Add(mine.Value, value) : value.Share());
        return sum;
    }

    public object ZerosLike()
    {
        var zeros = new TensorMap();
        foreach (var (identity, (key, value)) in Items)
            zeros.Items.Add(identity, (key.Share(), VariantAlgebra.ZerosLike(value)));
        return zeros;
    }
}
