using Engine.Io.Files;
using Engine.Io.Text;

namespace Engine.Io;

/// <summary>The file named <c>checkpoint</c> of a folder: which checkpoints it holds, and which is the latest.</summary>
public sealed class CheckpointState
{
    private CheckpointState(Protos.CheckpointState proto, string folder)
    {
        LatestPath = Path.Combine(folder, proto.ModelCheckpointPath);
        Paths = [.. proto.AllModelCheckpointPaths.Select(p => Path.Combine(folder, p))];
        Timestamps = [.. proto.AllModelCheckpointTimestamps];
        LastPreservedTimestamp = proto.LastPreservedTimestamp;
    }

    /// <summary>The prefix of the latest checkpoint; it may be gone.</summary>
    public string LatestPath { get; }

    /// <summary>The prefixes of all, oldest first.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>When they were saved, in seconds since 1970; empty or as many as there are paths, if all is well.</summary>
    public IReadOnlyList<double> Timestamps { get; }

    /// <summary>When the newest checkpoint that is kept for good was saved.</summary>
    public double LastPreservedTimestamp { get; }

    /// <summary>Reads the state of a folder. Relative paths in it count from the folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="fileName">The file's name.</param>
    /// <returns>Null when there is no such file or it cannot be parsed, as in TensorFlow.</returns>
    /// <exception cref="InvalidModelException">INVALID_ARGUMENT when it names no latest checkpoint.</exception>
    public static CheckpointState? Read(string folder, string fileName = "checkpoint")
    {
        var path = Path.Combine(folder, fileName);
        if (!File.Exists(path))
            return null;
        Protos.CheckpointState proto;
        try
        {
            proto = TextFormat.Parse<Protos.CheckpointState>(MessageFile.ReadBytes(path), path);
        }
        catch (InvalidModelException e) when (e.Code == StatusCode.DataLoss)
        {
            return null;
        }
        return proto.ModelCheckpointPath.Length > 0
            ? new(proto, folder)
            : throw new InvalidModelException(StatusCode.InvalidArgument, path, "Invalid checkpoint state: it names no latest checkpoint.");
    }

    /// <summary>The prefix of the latest checkpoint of a folder, or null when there is none or its files are gone.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="fileName">The file's name.</param>
    /// <exception cref="InvalidModelException">INVALID_ARGUMENT when the state names no latest checkpoint.</exception>
    public static string? LatestCheckpoint(string folder, string fileName = "checkpoint")
        => Read(folder, fileName)?.LatestPath is { } path && (FilePattern.Match(path + ".index").Count > 0 || FilePattern.Match(path).Count > 0) ? path : null;
}
