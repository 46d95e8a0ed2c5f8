using Engine.Graphs;
using Engine.OpModel;
using Engine.Resources;
using Engine.Runtime;

namespace Engine.Passes;

/// <summary>Takes the values of variables that a plan reads and nowhere writes for constants; <see cref="FrozenVariables"/> keeps watch.</summary>
internal static class FreezeVariables
{
    /// <summary>Finds the variables that a session's plan only reads, functions that get their handles included.</summary>
    internal static void Allow(PlanGraph graph, SessionState session, FrozenVariables frozen)
    {
        // A function may make a handle of its own: who reads or writes through it is not looked into.
        var inFunctions = new Lazy<HashSet<string>>(() => HandlesInFunctions(graph));
        var written = new HashSet<(string, string)>();
        foreach (var node in graph.Nodes)
        {
            for (var i = 0; i < node.Inputs.Length; i++)
            {
                if (Source(node.Inputs[i]).Node is var source && Key(source) is { } key
                    && !(node.Op == "Identity" && IsResource(node.Inputs[i])) && !Reads(node.Node, node.Op, i, session, 0))
                    written.Add(key);
            }
        }
        foreach (var fetch in graph.Fetches)
        {
            if (Key(Source(fetch).Node) is { } key)
                written.Add(key);
        }
        foreach (var node in graph.Nodes)
        {
            if (Key(node) is { } key && !written.Contains(key) && !inFunctions.Value.Contains(key.Name))
                frozen.Allow(key.Container, key.Name);
        }
    }

    private static HashSet<string> HandlesInFunctions(PlanGraph graph)
    {
        var names = new HashSet<string>();
        foreach (var library in graph.Nodes.Select(n => n.Node.Graph.Library).Distinct())
        {
            foreach (var function in library.InAnyOrder)
            {
                if (!function.MayHave("VarHandleOp"))
                    continue;
                foreach (var node in function.Nodes)
                {
                    if (node.Op == "VarHandleOp")
                        names.Add(node.Attrs.TryGetValue("shared_name", out var s) && s.Kind == AttrKind.String ? s.AsString() : "");
                }
            }
        }
        return names;
    }

    internal static void Run(PlanGraph graph, SessionState session)
    {
        if (graph.Frozen is not { } frozen)
            return;
        foreach (var node in graph.Nodes.ToList())
        {
            TakeHandlesPastIdentity(node);
            if (node.Constants is not null || node.Inputs.Length != 1)
                continue;
            var source = node.Inputs[0].Node;
            if (node.Op == "ReadVariableOp" && Handle(source) is { } handle)
                Freeze(node, frozen.Freeze(handle.Container, handle.Name, node.Node.OutputTypes[0]));
            else if (node.Op == DereferenceInputs.Op && source.Feed < 0 && source.Op is "VariableV2" or "Variable" && Key(source) is { } key)
                Freeze(node, frozen.Freeze(key.Container, key.Name, node.Node.OutputTypes[0]));
        }
        graph.Prune();
    }

    private static void Freeze(PlanNode node, Tensor? value)
    {
        if (value is not null)
            node.Constants = [value];
    }

    private static void TakeHandlesPastIdentity(PlanNode node)
    {
        if (node.Constants is not null)
            return;
        for (var i = 0; i < node.Inputs.Length; i++)
        {
            for (var value = node.Inputs[i]; IsResource(value) && value.Node is { Feed: < 0, Constants: null, Op: "Identity" }; value = node.Inputs[i])
            {
                foreach (var control in value.Node.Controls)
                    node.AddControl(control);
                node.Inputs[i] = value.Node.Inputs[0];
            }
            if (node.Inputs[i].Node is { Constants: null, Feed: < 0, Op: "VarHandleOp" } maker && Key(maker) is { } key)
                maker.Constants = [Tensor.Scalar(new ResourceHandle(key.Container, key.Name) { ValueType = maker.Node.Attr("dtype").AsType(), ValueShape = maker.Node.Attr("shape").AsShape() })];
        }
    }

    private static PlanValue Source(PlanValue value)
    {
        while (value.Node is { Feed: < 0, Constants: null, Op: "Identity" })
            value = value.Node.Inputs[0];
        return value;
    }

    private static bool IsResource(PlanValue value) => value.Index < value.Node.Node.OutputTypes.Count && value.Node.Node.OutputTypes[value.Index] == DType.Resource;

    private static ResourceHandle? Handle(PlanNode node)
        => node.Constants?[0] is { Type: DType.Resource, Count: 1 } constant ? constant.AsSpan<ResourceHandle>()[0] : null;

    // The variable that a node makes a handle or a reference of; null for variables without a name.
    private static (string Container, string Name)? Key(PlanNode node)
    {
        if (node.Feed >= 0 || node.Op is not ("VarHandleOp" or "VariableV2" or "Variable"))
            return null;
        var name = node.Node.Attr("shared_name").AsString();
        if (name.Length == 0 && node.Op != "VarHandleOp")
            name = node.Node.Name;
        return name.Length == 0 || name == ResourceHandle.AnonymousName ? null : (node.Node.Attr("container").AsString(), name);
    }

    // Whether an op does no more than read the variable behind its input.
    private static bool Reads(Node node, string op, int input, SessionState session, int depth) => op switch
    {
        "ReadVariableOp" or "VariableShape" or "VarIsInitializedOp" or "ResourceGather" or "ResourceGatherNd" or "IsVariableInitialized" or DereferenceInputs.Op => true,
        "While" or "StatelessWhile" => FunctionReads(node, "cond", input, session, depth) && FunctionReads(node, "body", input, session, depth),
        "If" or "StatelessIf" => input > 0 && FunctionReads(node, "then_branch", input - 1, session, depth) && FunctionReads(node, "else_branch", input - 1, session, depth),
        "PartitionedCall" or "StatefulPartitionedCall" => FunctionReads(node, "f", input, session, depth),
        _ => false,
    };

    private static bool FunctionReads(Node caller, string attr, int argument, SessionState session, int depth)
    {
        const int maximumDepth = 16;
        if (depth > maximumDepth)
            return false;
        try
        {
            var body = session.Function(caller.Graph, caller.Attr(attr).AsFunction()).Body;
            if (argument >= body.Arguments.Length)
                return false;
            var pending = new Stack<Node>([body.Arguments[argument]]);
            var handles = new HashSet<Node>(pending);
            while (pending.TryPop(out var handle))
            {
                foreach (var node in body.Graph.Nodes)
                {
                    for (var i = 0; i < node.Inputs.Count; i++)
                    {
                        if (!ReferenceEquals(node.Inputs[i].Node, handle))
                            continue;
                        if (node.Op == "Identity" && handles.Add(node))
                            pending.Push(node);
                        else if (node.Op != "Identity" && !Reads(node, node.Op, i, session, depth + 1))
                            return false;
                    }
                }
            }
            return true;
        }
        catch (EngineException)
        {
            // What is wrong with the function shows when it is called.
            return false;
        }
    }
}
