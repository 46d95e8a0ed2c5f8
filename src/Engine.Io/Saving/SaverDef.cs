namespace Engine.Io;

/// <summary>How a graph saves and restores: the names to feed, fetch and run (<c>tensorflow.SaverDef</c>).</summary>
public sealed record SaverDef
{
    /// <summary>The tensor that is fed with the checkpoint's prefix.</summary>
    public required string FilenameTensorName { get; init; }

    /// <summary>The tensor to fetch for saving; its value is where the checkpoint is.</summary>
    public required string SaveTensorName { get; init; }

    /// <summary>The node to run for restoring.</summary>
    public required string RestoreOpName { get; init; }

    /// <summary>How many checkpoints are kept; 0 for all.</summary>
    public int MaxToKeep { get; init; }

    /// <summary>Whether there is a file per device.</summary>
    public bool Sharded { get; init; }

    /// <summary>How often a checkpoint is kept for good.</summary>
    public float KeepCheckpointEveryNHours { get; init; }

    /// <summary>The format written.</summary>
    public CheckpointFormat Version { get; init; }

    internal static SaverDef FromProto(Protos.SaverDef p) => new()
    {
        FilenameTensorName = p.FilenameTensorName,
        SaveTensorName = p.SaveTensorName,
        RestoreOpName = p.RestoreOpName,
        MaxToKeep = p.MaxToKeep,
        Sharded = p.Sharded,
        KeepCheckpointEveryNHours = p.KeepCheckpointEveryNHours,
        Version = (CheckpointFormat)(int)p.Version,
    };

    internal Protos.SaverDef ToProto() => new()
    {
        FilenameTensorName = FilenameTensorName,
        SaveTensorName = SaveTensorName,
        RestoreOpName = RestoreOpName,
        MaxToKeep = MaxToKeep,
        Sharded = Sharded,
        KeepCheckpointEveryNHours = KeepCheckpointEveryNHours,
        Version = (Protos.SaverDef.Types.CheckpointFormatVersion)(int)Version,
    };

    /// <summary>The same for a graph that was imported under a scope of names.</summary>
    internal SaverDef InScope(string scope) => scope.Length == 0 ? this : this with
    {
        FilenameTensorName = $"{scope}/{FilenameTensorName}",
        SaveTensorName = $"{scope}/{SaveTensorName}",
        RestoreOpName = $"{scope}/{RestoreOpName}",
    };
}
