namespace Engine.Io;

/// <summary>How a <see cref="Saver"/> saves; the defaults are TensorFlow's.</summary>
public sealed record SaverOptions
{
    /// <summary>How many recent checkpoints are kept. With null or 0 none is deleted, and the state file lists the newest alone.</summary>
    public int? MaxToKeep { get; init; } = 5;

    /// <summary>A checkpoint about to be deleted is kept for good when this time has passed since the last one that was.</summary>
    public double KeepCheckpointEveryNHours { get; init; } = 10000;

    /// <summary>The clock that tells when a checkpoint is kept for good; that of the system by default.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The scope of the saver's nodes; <c>save</c> when null. With <see cref="SaverDef"/>: the scope that graph was imported under.</summary>
    public string? Name { get; init; }

    /// <summary>Accepted as in TensorFlow; tensors are read by one node either way.</summary>
    public bool RestoreSequentially { get; init; }

    /// <summary>The nodes of a graph that has a saver already; none are added then.</summary>
    public SaverDef? SaverDef { get; init; }

    /// <summary>What adds the nodes, to add others.</summary>
    public SaverBuilder? Builder { get; init; }

    /// <summary>Whether nodes are added by <see cref="Saver.Build"/> and not before.</summary>
    public bool DeferBuild { get; init; }

    /// <summary>Whether a graph without variables is accepted: saving writes the meta graph alone, restoring does nothing.</summary>
    public bool AllowEmpty { get; init; }

    /// <summary>The format.</summary>
    public CheckpointFormat WriteVersion { get; init; } = CheckpointFormat.V2;

    /// <summary>Whether step numbers are padded to 8 digits.</summary>
    public bool PadStepNumber { get; init; }

    /// <summary>Whether the state file names checkpoints relative to its folder, so that the folder can be moved.</summary>
    public bool SaveRelativePaths { get; init; }

    /// <summary>The prefix where none is fed; <c>model</c> when null.</summary>
    public string? Filename { get; init; }

    /// <summary>Whether each device with variables writes a file of its own.</summary>
    public bool Sharded { get; init; }

    /// <summary>Whether tensors of another shape are reshaped to that of the variable when restored.</summary>
    public bool Reshape { get; init; }
}
