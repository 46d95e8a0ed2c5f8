namespace Engine.Hardening;

/// <summary>A checkpoint to damage: the files of a folder that belong to it.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Name">The prefix within the folder.</param>
internal sealed record SampleCheckpoint(string Folder, string Name)
{
    internal void CopyTo(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        foreach (var file in Directory.GetFiles(Folder).Where(f => Path.GetFileName(f) is var n && (n.StartsWith(Name, StringComparison.Ordinal) || n == "checkpoint")))
            File.WriteAllBytes(Path.Combine(folder, Path.GetFileName(file)), File.ReadAllBytes(file));
    }
}
