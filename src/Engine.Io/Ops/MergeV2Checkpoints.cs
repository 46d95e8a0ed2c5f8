using Engine.Io.Checkpoints;
using Engine.OpModel;

namespace Engine.Io.Ops;

/// <summary>Makes one V2 checkpoint of the shards that several saves wrote, and removes their folders.</summary>
[Op("MergeV2Checkpoints")]
internal sealed class MergeV2Checkpoints : IOp
{
    public static void InferShapes(InferenceContext c)
    {
        c.Input(0, 1);
        c.Input(1, 0);
    }

    public static Kernel CreateKernel(KernelBuilder node)
    {
        var deleteOldDirs = node.Bool("delete_old_dirs");
        var allowMissing = node.Bool("allow_missing_files");
        return Kernel.From(context =>
        {
            if (context.Input(0).Rank != 1)
                throw EngineException.InvalidArgument($"checkpoint_prefixes must be a vector, not {context.Input(0).Shape}.");
            var prefixes = context.Input(0).ToStrings();
            var destination = SavedNames.Prefix(context, 1);
            BundleMerge.Run(prefixes, destination, allowMissing);
            if (!deleteOldDirs)
                return;
            var kept = Path.GetDirectoryName(destination);
            foreach (var folder in prefixes.Select(Path.GetDirectoryName).Distinct().Where(f => f != kept && Directory.Exists(f)))
            {
                if (!Directory.EnumerateFileSystemEntries(folder!).Any())
                    Directory.Delete(folder!);
            }
        });
    }
}
