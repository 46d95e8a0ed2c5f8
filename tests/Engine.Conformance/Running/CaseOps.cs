namespace Engine.Conformance.Running;

/// <summary>Which op a case is about.</summary>
internal static class CaseOps
{
    /// <summary>The op type that the case's name mentions (<c>family/op/variant</c>), else the name's middle part; of a model its name.</summary>
    internal static string Of(Golden.Case c)
    {
        var parts = c.Name.Split('/');
        foreach (var part in parts.Skip(1))
        {
            if (c.Ops.Contains(part))
                return part;
        }
        return parts.Length > 1 && !c.Graph.IsEmpty ? parts[1] : parts[0];
    }
}
