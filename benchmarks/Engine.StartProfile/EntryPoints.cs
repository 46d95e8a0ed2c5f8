using Microsoft.Diagnostics.Tracing;

namespace Engine.StartProfile;

/// <summary>Methods that a process looked up in its image.</summary>
internal static class EntryPoints
{
    internal static IEnumerable<CompiledMethod> Read(string path)
    {
        var found = new Dictionary<string, CompiledMethod>();
        using var source = new EventPipeEventSource(path);
        source.Clr.MethodR2RGetEntryPoint += e =>
        {
            var text = $"{e.MethodNamespace}:{e.MethodName} {e.MethodSignature}";
            if (e.MethodNamespace.Length > 0 && !found.ContainsKey(text))
                found[text] = new(text, TypeName.Parse(e.MethodNamespace), e.MethodName, null, Parameters(e.MethodSignature));
        };
        source.Process();
        return found.Values;
    }

    // What stands between commas outside of brackets, behind the result: "class T  (int32,class U`2<!0,int64>)".
    private static int Parameters(string signature)
    {
        var open = signature.IndexOf("  (", StringComparison.Ordinal);
        var text = open < 0 ? "" : signature[(open + 3)..signature.LastIndexOf(')')];
        var (depth, count) = (0, text.Length == 0 ? 0 : 1);
        foreach (var c in text)
        {
            depth += c is '<' or '[' or '(' ? 1 : c is '>' or ']' or ')' ? -1 : 0;
            count += c == ',' && depth == 0 ? 1 : 0;
        }
        return count;
    }
}
