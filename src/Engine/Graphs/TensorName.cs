using System.Globalization;

namespace Engine.Graphs;

/// <summary>Names of tensors: <c>node</c>, <c>node:1</c>, and <c>^node</c> for control inputs.</summary>
internal static class TensorName
{
    /// <summary>Node and output of <c>node</c> or <c>node:1</c>.</summary>
    internal static (string Node, int Index) Parse(string name)
    {
        var colon = name.LastIndexOf(':');
        return colon > 0 && int.TryParse(name.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? (name[..colon], index)
            : (name, 0);
    }

    /// <summary>Whether it is a control input.</summary>
    internal static bool IsControl(string name) => name.StartsWith('^');

    /// <summary>Whether a node may be called so: <c>[A-Za-z0-9.][A-Za-z0-9_.\\/>-]*</c>.</summary>
    internal static bool IsValidNode(string name)
    {
        if (name.Length == 0 || !(char.IsAsciiLetterOrDigit(name[0]) || name[0] is '.' or '_'))
            return false;
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.' or '\\' or '/' or '>' or '-'))
                return false;
        }
        return true;
    }
}
