using Engine.Graphs;

namespace Engine.Io.Freezing;

/// <summary>What becomes of the ops that read a variable when the variable is a constant.</summary>
internal static class FrozenReads
{
    /// <summary>Adds what stands for a node; notes outputs of functions' nodes that are called otherwise now.</summary>
    /// <exception cref="EngineException">FAILED_PRECONDITION for a node that writes the variable or cannot do without one.</exception>
    internal static void Rewrite(NodeDef node, DType[] inputs, OutputNames names, List<NodeDef> result, Dictionary<string, string> renamed)
    {
        var attrs = FrozenNode.Annotations(node);
        switch (node.Op)
        {
            case "Identity" or "Enter" or "Exit" or "NextIteration" or "Switch" or "Merge" or "RefIdentity" or "RefEnter" or "RefExit" or "RefNextIteration" or "RefSwitch" or "RefMerge":
                var all = new Dictionary<string, AttrValue>(node.Attrs) { ["T"] = AttrValue.Of(inputs.First(t => t != DType.Invalid)) };
                all.Remove("_output_shapes");
                result.Add(FrozenNode.With(node, node.Op.StartsWith("Ref", StringComparison.Ordinal) ? node.Op[3..] : node.Op, attrs: all));
                break;
            case "IdentityN":
                var types = node.Attrs["T"].AsTypes();
                result.Add(FrozenNode.With(node, attrs: new Dictionary<string, AttrValue>(attrs)
                {
                    ["T"] = AttrValue.List([.. types.Select((t, i) => t == DType.Resource && inputs[i] != DType.Invalid ? inputs[i] : t)]),
                }));
                break;
            case "ReadVariableOp":
                attrs["T"] = AttrValue.Of(inputs[0]);
                result.Add(FrozenNode.With(node, "Identity", attrs: attrs));
                renamed[node.Name + ":value:0"] = node.Name + ":output:0";
                break;
            case "ResourceGather":
                var batch = node.Attrs.TryGetValue("batch_dims", out var b) ? b.AsInt() : 0;
                var axis = node.Name + "/axis";
                result.Add(FrozenNode.Constant(axis, node.Device, Tensor.Scalar((int)batch)));
                attrs["Tparams"] = AttrValue.Of(inputs[0]);
                attrs["Tindices"] = node.Attrs["Tindices"];
                attrs["Taxis"] = AttrValue.Of(DType.Int32);
                attrs["batch_dims"] = AttrValue.Of(batch);
                result.Add(FrozenNode.With(node, "GatherV2", [.. node.Inputs.Take(2), names.Canonical(axis) == axis ? axis + ":output:0" : axis, .. node.Inputs.Skip(2)], attrs));
                break;
            case "ResourceGatherNd":
                attrs["Tparams"] = AttrValue.Of(inputs[0]);
                attrs["Tindices"] = node.Attrs["Tindices"];
                result.Add(FrozenNode.With(node, "GatherNd", attrs: attrs));
                break;
            case "VariableShape":
                attrs["T"] = AttrValue.Of(inputs[0]);
                if (node.Attrs.TryGetValue("out_type", out var type))
                    attrs["out_type"] = type;
                result.Add(FrozenNode.With(node, "Shape", attrs: attrs));
                break;
            case "VarIsInitializedOp" or "IsVariableInitialized":
                var initialised = FrozenNode.Constant(node.Name, node.Device, Tensor.Scalar(true));
                result.Add(FrozenNode.With(initialised, inputs: [.. node.Inputs.Where(i => i.StartsWith('^'))]));
                renamed[node.Name + ":is_initialized:0"] = node.Name + ":output:0";
                break;
            case "DisableCopyOnRead":
                result.Add(FrozenNode.With(node, "NoOp", [.. node.Inputs.Where(i => i.StartsWith('^'))], attrs));
                break;
            default:
                if (TakesPlainValues(node))
                    result.Add(node);
                else
                    throw EngineException.FailedPrecondition($"The outputs depend on node {node.Name}, whose op {node.Op} needs a variable: such graphs cannot be frozen.").At(node.Name, node.Op);
                break;
        }
    }

    // A TF 1 variable is a value for every op that does not ask for a reference.
    private static bool TakesPlainValues(NodeDef node) => OpModel.OpDefinitions.Find(node.Op) is { } definition
        && definition.Inputs.All(a => !a.IsRef && a.Type != DType.Resource)
        && !node.Attrs.Values.Any(v => (v.Kind == AttrKind.Type && v.AsType() == DType.Resource) || (v is { Kind: AttrKind.List, ElementKind: AttrKind.Type } && v.AsTypes().Contains(DType.Resource)));
}
