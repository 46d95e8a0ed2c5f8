using System.Collections.Immutable;
using Engine.OpModel;

namespace Engine.Graphs;

/// <summary>Whether two functions are the same, however often their file was read.</summary>
internal static class FunctionEquality
{
    internal static bool AreEqual(FunctionDefinition a, FunctionDefinition b) => ReferenceEquals(a, b)
        || (AreEqual(a.Signature, b.Signature)
            && AreEqual(a.Returns, b.Returns) && AreEqual(a.ControlReturns, b.ControlReturns) && AreEqual(a.Attrs, b.Attrs)
            && a.ResourceArgUniqueId.Count == b.ResourceArgUniqueId.Count && a.ResourceArgUniqueId.All(r => b.ResourceArgUniqueId.TryGetValue(r.Key, out var other) && other == r.Value)
            && a.Nodes.Count == b.Nodes.Count && a.Nodes.Zip(b.Nodes, AreEqual).All(same => same));

    private static bool AreEqual(OpDefinition a, OpDefinition b) => a.Name == b.Name && a.IsStateful == b.IsStateful
        && AreEqual(a.Inputs, b.Inputs) && AreEqual(a.Outputs, b.Outputs) && a.ControlOutputs.SequenceEqual(b.ControlOutputs)
        && a.Attrs.Length == b.Attrs.Length && a.Attrs.Zip(b.Attrs, (x, y) => x.Name == y.Name && x.Type == y.Type).All(same => same);

    private static bool AreEqual(ImmutableArray<ArgDefinition> a, ImmutableArray<ArgDefinition> b) => a.Length == b.Length && a.Zip(b, (x, y) =>
        (x.Name, x.Type, x.TypeAttr, x.NumberAttr, x.TypeListAttr, x.IsRef) == (y.Name, y.Type, y.TypeAttr, y.NumberAttr, y.TypeListAttr, y.IsRef)).All(same => same);

    private static bool AreEqual(NodeDef a, NodeDef b)
        => a.Name == b.Name && a.Op == b.Op && a.Device == b.Device && a.Inputs.SequenceEqual(b.Inputs) && AreEqual(a.Attrs, b.Attrs);

    private static bool AreEqual(IReadOnlyDictionary<string, string> a, IReadOnlyDictionary<string, string> b)
        => a.Count == b.Count && a.All(item => b.TryGetValue(item.Key, out var other) && other == item.Value);

    private static bool AreEqual(IReadOnlyDictionary<string, AttrValue> a, IReadOnlyDictionary<string, AttrValue> b)
        => a.Count == b.Count && a.All(item => b.TryGetValue(item.Key, out var other) && AreEqual(item.Value, other));

    private static bool AreEqual(AttrValue a, AttrValue b)
    {
        if (a.Kind != b.Kind || a.ElementKind != b.ElementKind)
            return false;
        return a.Kind switch
        {
            AttrKind.Tensor => AreEqual(a.AsTensor(), b.AsTensor()),
            AttrKind.List => a.AsList().Length == b.AsList().Length && a.AsList().Zip(b.AsList(), AreEqual).All(same => same),
            AttrKind.Func => a.AsFunction().Name == b.AsFunction().Name && AreEqual(a.AsFunction().Attrs, b.AsFunction().Attrs),
            _ => a.ToString() == b.ToString(),
        };
    }

    private static bool AreEqual(Tensor a, Tensor b) => ReferenceEquals(a, b) || (a.Type == b.Type && a.Shape.Equals(b.Shape)
        && (a.Type == DType.String
            ? a.AsSpan<byte[]>().ToArray().Zip(b.AsSpan<byte[]>().ToArray(), (x, y) => x.AsSpan().SequenceEqual(y)).All(same => same)
            : a.Type is not (DType.Resource or DType.Variant) && a.Bytes().SequenceEqual(b.Bytes())));
}
