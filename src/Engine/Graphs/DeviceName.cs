namespace Engine.Graphs;

/// <summary>Device names: <c>/job:localhost/replica:0/task:0/device:CPU:0</c> and its parts. This engine has one device; it checks the form alone.</summary>
internal static class DeviceName
{
    /// <summary>Refuses what TensorFlow cannot parse.</summary>
    internal static void Check(string device, string node, string op)
    {
        if (device.Length == 0)
            return;
        foreach (var part in device.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var key = part.Split(':')[0].ToLowerInvariant();
            if (part.Contains(' ') || (key is not ("job" or "replica" or "task" or "device" or "cpu" or "gpu" or "tpu" or "xla_cpu" or "xla_gpu") && part.IndexOf(':') < 0 && device.Contains('/')))
                throw EngineException.InvalidArgument($"Node '{node}': Malformed device specification '{device}'").At(node, op);
        }
    }

    /// <summary>Whether the device belongs to a job other than this process.</summary>
    internal static bool IsRemote(string device)
    {
        foreach (var part in device.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.StartsWith("job:", StringComparison.OrdinalIgnoreCase) && part != "job:localhost")
                return true;
        }
        return false;
    }
}
