using Engine.Io.Protos;
using Google.Protobuf.Reflection;

namespace Engine.Io.DynamicMessages;

/// <summary>The messages that are known without a descriptor: TensorFlow's own.</summary>
internal static class LocalMessages
{
    /// <summary>Their files, with all that these import.</summary>
    internal static IReadOnlyList<FileDescriptor> Files { get; } = Collect();

    private static FileDescriptor[] Collect()
    {
        var found = new HashSet<FileDescriptor>();
        var open = new Stack<FileDescriptor>([ExampleReflection.Descriptor, EventReflection.Descriptor, SavedModelReflection.Descriptor, VariableReflection.Descriptor,
            ControlFlowReflection.Descriptor, QueueRunnerReflection.Descriptor, FingerprintReflection.Descriptor, TensorBundleReflection.Descriptor,
            SavedTensorSliceReflection.Descriptor, CheckpointStateReflection.Descriptor]);
        while (open.TryPop(out var file))
        {
            if (!found.Add(file))
                continue;
            foreach (var dependency in file.Dependencies)
                open.Push(dependency);
        }
        return [.. found];
    }
}
