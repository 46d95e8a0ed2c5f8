using Engine.OpModel;

namespace Engine.Graphs;

/// <summary>Runs shape functions over a graph.</summary>
internal static class ShapeInference
{
    /// <summary>The output shapes of a node, from those of its inputs. Loops are cut: what comes over a back edge is unknown.</summary>
    internal static PartialShape[] InferOnce(Node node)
    {
        // Depth first with an explicit stack, since graphs of a thousand layers are deeper than a thread's stack.
        var pending = new Stack<Node>();
        var open = new HashSet<Node>();
        pending.Push(node);
        while (pending.TryPeek(out var n))
        {
            open.Add(n);
            var ready = true;
            foreach (var input in n.InputSpan)
            {
                if (!input.Node.HasShapes && !open.Contains(input.Node))
                {
                    pending.Push(input.Node);
                    ready = false;
                }
            }
            if (!ready)
                continue;
            pending.Pop();
            n.SetShapes(Infer(n, throwing: false));
        }
        return node.KnownShapes!;
    }

    /// <summary>The output shapes of one node from the shapes that its inputs have now.</summary>
    /// <exception cref="EngineException">The shape function's refusal, when <paramref name="throwing"/>.</exception>
    internal static PartialShape[] Infer(Node node, bool throwing)
    {
        var inputs = new PartialShape[node.Inputs.Count];
        for (var i = 0; i < inputs.Length; i++)
        {
            var v = node.Inputs[i];
            inputs[i] = v.Node.KnownShapes is { } known && v.Index < known.Length ? known[v.Index] : PartialShape.Unknown;
        }
        var context = new InferenceContext(node, inputs, i => Constant(node.Inputs[i]));
        try
        {
            // A node that a pass has made has its inputs in the plan alone.
            if (node.Graph.Registry.Find(node.Op) is { } op && node.Signature is { } signature && signature.InputTypes.Length == inputs.Length)
                op.InferShapes(context);
        }
        catch (EngineException) when (!throwing)
        {
            Array.Fill(context.Outputs, PartialShape.Unknown);
        }
        catch (Exception e) when (e is IndexOutOfRangeException or ArgumentException or OverflowException)
        {
            // What a shape function stumbles over the kernel will refuse, with a better message.
            Array.Fill(context.Outputs, PartialShape.Unknown);
        }
        return context.Outputs;
    }

    private static Tensor? Constant(Value value)
    {
        for (var depth = 0; depth < 16; depth++)
        {
            if (value.Node.Op == "Const")
                return value.Node.Attrs.TryGetValue("value", out var v) && v.Kind == AttrKind.Tensor ? v.AsTensor() : null;
            if (value.Node.Op is not ("Identity" or "StopGradient"))
                return null;
            value = value.Node.Inputs[0];
        }
        return null;
    }
}
