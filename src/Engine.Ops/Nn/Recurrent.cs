using Engine.Graphs;
using Engine.OpModel;
using Engine.Tensors;

namespace Engine.Ops.Nn;

/// <summary>
/// A loop over the steps of a recurrent layer: what plans have in place of a While and the lists around it. The arguments are the loop's, but tensors whose rows are read
/// where the loop has lists of them, and the number of elements where it has a list that collects. The shapes are those of the lists' elements.
/// </summary>
[Op("_Recurrent", Definition = "_Recurrent(args:list(T); shapes:list(S)) -> (results:list(R); sequence:float) {T:list(type); S:list(type); R:list(type); cond:func; body:func; units:int}")]
internal sealed class Recurrent : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        var (arguments, results) = (c.Attr("T").AsList(), c.Attr("R").AsList());
        for (var i = 0; i < results.Length; i++)
            c.SetOutput(i, arguments[i].AsType() == results[i].AsType() ? c.Input(i) : PartialShape.Scalar);
        c.SetOutput(results.Length, new PartialShape(-1, -1, c.Attr("units").AsInt()));
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var types = Types(node.Node);
        var loop = RecurrentLoop.Find(node.Node, types.Length, i => types[i], node.Constant) ?? throw node.Fail("The loop is none over the steps of a recurrent layer.");
        return new RecurrentKernel(node, loop, types);
    }

    /// <summary>Finds a While over the steps of a recurrent layer.</summary>
    internal static bool Replaces(RewriteContext c)
    {
        if (RecurrentLoop.Find(c.Node, c.InputCount, i => c.Input(i).Type, i => c.Input(i).Constant) is not { } loop)
            return false;
        var (arguments, shapes) = (new RewriteValue[c.InputCount], new List<RewriteValue>());
        var (types, results) = (new DType[c.InputCount], new DType[c.InputCount]);
        for (var i = 0; i < arguments.Length; i++)
        {
            var value = arguments[i] = c.Input(i);
            results[i] = types[i] = value.Type;
            if (value.Type != DType.Variant)
                continue;
            var collects = loop.Roles[i] == RecurrentLoop.Role.Collects;
            if (value.Op != (collects ? "TensorListReserve" : "TensorListFromTensor") || (!collects && (c.IsUsed(i) || (i != loop.List && i != loop.Mask)))
                || value.Node.Attr("element_dtype").AsType() != (i == loop.Mask ? DType.Bool : DType.Float32))
                return false;
            arguments[i] = value.Input(collects ? 1 : 0);
            types[i] = arguments[i].Type;
            shapes.Add(value.Input(collects ? 0 : 1));
        }
        return c.Replace("_Recurrent", [.. arguments, .. shapes], ("T", AttrValue.List(types)), ("S", AttrValue.List([.. shapes.Select(s => s.Type)])), ("R", AttrValue.List(results)),
            ("cond", c.Node.Attr("cond")), ("body", c.Node.Attr("body")), ("units", AttrValue.Of(loop.RecurrentWeights.Shape[0])));
    }

    /// <summary>The elements that a recurrent layer has collected in a list, as the one tensor that they are from the start.</summary>
    internal static bool GivesStack(RewriteContext c)
    {
        var list = c.Input(0);
        if (list.Op != "_Recurrent" || c.Type("element_dtype") != DType.Float32 || list.Type != DType.Variant || c.Input(1).Constant is not { Rank: 1, Count: 2, Type: DType.Int32 } shape)
            return false;
        var types = list.Node.Attr("R").AsList();
        var units = list.Node.Attr("units").AsInt();
        var count = c.Node.Attr("num_elements").AsInt();
        return Collected(list.Node) == list.Index
            && shape.AsSpan<int>()[0] == -1 && (shape.AsSpan<int>()[1] == -1 || shape.AsSpan<int>()[1] == units)
            && (count == -1 || (list.Input(list.Index).Constant is { Count: 1, Type: DType.Int32 } reserved && reserved.AsSpan<int>()[0] == count))
            && c.ReplaceBy(list.Output(types.Length));
    }

    /// <summary>The types of the loop's variables.</summary>
    private static DType[] Types(Node node) => [.. node.Attr("R").AsList().Select(t => t.AsType())];

    // The only list that collects, or -1.
    private static int Collected(Node node)
    {
        var (arguments, results) = (node.Attr("T").AsList(), node.Attr("R").AsList());
        var found = Enumerable.Range(0, results.Length).Where(i => results[i].AsType() == DType.Variant && arguments[i].AsType() == DType.Int32).ToArray();
        return found.Length == 1 ? found[0] : -1;
    }
}
