namespace Engine.Io.Saving;

/// <summary>A device's name in parts, so that names that mean the same compare equal: <c>/cpu:0</c> is <c>/device:CPU:0</c>.</summary>
internal sealed record DeviceSpec(string? Job, string? Replica, string? Task, string? Type, string? Index)
{
    internal static DeviceSpec Parse(string name)
    {
        var spec = new DeviceSpec(null, null, null, null, null);
        foreach (var part in name.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var fields = part.Split(':');
            spec = fields switch
            {
                ["job", var job] => spec with { Job = job },
                ["replica", var replica] => spec with { Replica = replica },
                ["task", var task] => spec with { Task = task },
                ["device", var type, var index] => spec with { Type = type.ToUpperInvariant(), Index = index },
                ["device", var type] => spec with { Type = type.ToUpperInvariant() },
                [var type, var index] => spec with { Type = type.ToUpperInvariant(), Index = index },
                [var type] => spec with { Type = type.ToUpperInvariant() },
                _ => throw EngineException.InvalidArgument($"'{name}' is not the name of a device."),
            };
        }
        return spec;
    }

    /// <summary>The first processor of the same machine.</summary>
    internal DeviceSpec WithCpu() => this with { Type = "CPU", Index = "0" };

    public override string ToString() => string.Concat(
        Job is null ? "" : "/job:" + Job,
        Replica is null ? "" : "/replica:" + Replica,
        Task is null ? "" : "/task:" + Task,
        Type is null ? "" : $"/device:{Type}:{Index ?? "*"}");
}
