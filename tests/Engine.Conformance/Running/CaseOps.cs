namespace Engine.Conformance.Running;

/// <summary>Which op a case is about.</summary>
internal static class CaseOps
{
    /// <summary>The op type that the case's name mentions (<c>family/op/variant</c>), else the name's middle part.</summary>
    internal static string Of(Golden.Case c)
    {
        var parts = c.Name.Split('/');
        foreach (var part in parts.Skip(1))
        {
            if (c.Ops.Contains(part))
                return part;
        }
        return parts.Length > 1 ? parts[1] : c.Name;
    }
}
