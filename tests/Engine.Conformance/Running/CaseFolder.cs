using System.Text;

namespace Engine.Conformance.Running;

/// <summary>A case's own folder: holds its files, and replaces "$DIR" in string elements. It is gone when the case ends.</summary>
internal sealed class CaseFolder : IDisposable
{
    private static readonly byte[] Mark = "$DIR/"u8.ToArray();

    private readonly Lazy<string> path = new(() => Directory.CreateTempSubdirectory("golden").FullName);

    /// <exception cref="InvalidDataException">A file would lie outside the folder.</exception>
    internal CaseFolder(IEnumerable<Golden.File> files)
    {
        foreach (var file in files)
        {
            var full = Path.GetFullPath(Path.Combine(path.Value, file.Path));
            if (!full.StartsWith(path.Value + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                throw new InvalidDataException($"The file '{file.Path}' lies outside the case's folder.");
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllBytes(full, file.Content.ToByteArray());
        }
    }

    /// <summary>Replaces "$DIR" at the start of strings, in place.</summary>
    internal void Resolve(Tensor tensor)
    {
        if (tensor.Type != DType.String)
            return;
        foreach (ref var item in tensor.AsSpan<byte[]>())
        {
            if (item.AsSpan().StartsWith(Mark))
                item = [.. Encoding.UTF8.GetBytes(path.Value), .. item.AsSpan(Mark.Length - 1)];
        }
    }

    public void Dispose()
    {
        try
        {
            if (path.IsValueCreated)
                Directory.Delete(path.Value, recursive: true);
        }
        catch (IOException)
        {
            // A file that a failed case holds open; the system cleans up its temporary files.
        }
    }
}
