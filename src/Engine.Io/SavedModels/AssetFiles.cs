using Engine.Graphs;
using Engine.Io.Files;
using Engine.Io.MetaGraphs;

namespace Engine.Io.SavedModels;

/// <summary>
/// Copies the files a graph reads into the folder of a SavedModel. Of one name and the same contents there is one file; a second file of the same name and
/// other contents becomes <c>name_1</c>. What an earlier graph copied is never replaced.
/// </summary>
internal sealed class AssetFiles(string folder)
{
    private readonly HashSet<string> copied = [];

    /// <summary>Copies the files that constants name.</summary>
    /// <returns>One entry per constant.</returns>
    /// <exception cref="EngineException">INVALID_ARGUMENT for what is no constant string.</exception>
    internal IReadOnlyList<SavedAsset> Copy(IReadOnlyList<Value> constants)
    {
        var sources = new Dictionary<string, string>();
        var assets = new List<SavedAsset>();
        foreach (var constant in constants)
        {
            var source = PathOf(constant);
            var name = NameFor(source, sources);
            assets.Add(new(name, constant.Name));
            sources[name] = source;
        }
        foreach (var (name, source) in sources)
        {
            var destination = Path.Combine(folder, SavedModelConstants.AssetsDirectory, name);
            if (File.Exists(source) && source != destination && copied.Add(destination))
                CopyFile(source, destination);
        }
        return assets;
    }

    /// <summary>Copies a file that the graph does not read.</summary>
    internal void CopyExtra(string source, string destination)
    {
        var root = Path.GetFullPath(Path.Combine(folder, SavedModelConstants.ExtraAssetsDirectory));
        var path = Path.GetFullPath(Path.Combine(root, destination));
        if (!path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw EngineException.InvalidArgument($"'{destination}' leads out of {SavedModelConstants.ExtraAssetsDirectory}.");
        if (!File.Exists(source))
            throw EngineException.NotFound($"There is no file {source}.");
        CopyFile(source, path);
    }

    private static string PathOf(Value constant)
    {
        if (constant.Node.Op != "Const" || constant.Type != DType.String)
            throw EngineException.InvalidArgument($"The path of an asset must be a constant string; {constant.Name} is {constant.Node.Op} of {constant.Type.Name()}.");
        var value = constant.Node.Attr("value").AsTensor();
        if (value.Count != 1 || value.ToStrings()[0] is not { Length: > 0 } path)
            throw EngineException.InvalidArgument($"The path of an asset must be one string; {constant.Name} has {value.Count}.");
        return path;
    }

    private static string NameFor(string source, Dictionary<string, string> sources)
    {
        var name = Path.GetFileName(source);
        if (!sources.TryGetValue(name, out var other) || other == source || HaveSameContents(source, other))
            return name;
        var unique = name;
        for (var i = 1; sources.ContainsKey(unique); i++)
            unique = $"{name}_{i}";
        return unique;
    }

    private static bool HaveSameContents(string a, string b)
    {
        using var x = FileErrors.OpenRead(a);
        using var y = FileErrors.OpenRead(b);
        if (x.Length != y.Length)
            return false;
        var (p, q) = (new byte[1 << 16], new byte[1 << 16]);
        for (int n; (n = x.ReadAtLeast(p, p.Length, throwOnEndOfStream: false)) > 0;)
        {
            if (y.ReadAtLeast(q, n, throwOnEndOfStream: false) < n || !p.AsSpan(0, n).SequenceEqual(q.AsSpan(0, n)))
                return false;
        }
        return true;
    }

    private static void CopyFile(string source, string destination)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(destination)!);
            File.Copy(source, destination, overwrite: true);
        }
        catch (Exception e) when (FileErrors.Convert(e, destination) is { } converted)
        {
            throw converted;
        }
    }
}
