using Engine.Io.Files;

namespace Engine.Io.Conversion;

/// <summary>Copies a folder with all it holds, but for some files.</summary>
internal static class FolderCopy
{
    internal static void Copy(string source, string destination, IReadOnlyCollection<string> except)
    {
        try
        {
            Directory.CreateDirectory(destination);
            foreach (var file in Directory.EnumerateFiles(source))
            {
                if (!except.Contains(Path.GetFileName(file)))
                    File.Copy(file, Path.Combine(destination, Path.GetFileName(file)), overwrite: true);
            }
            foreach (var folder in Directory.EnumerateDirectories(source))
                Copy(folder, Path.Combine(destination, Path.GetFileName(folder)), []);
        }
        catch (Exception e) when (FileErrors.Convert(e, destination) is { } converted)
        {
            throw converted;
        }
    }
}
