using Engine.Io.Readers;
using Engine.OpModel;

namespace Engine.Io.Ops;

/// <summary>A reader that gives the names in the queue as they are.</summary>
[Op("IdentityReaderV2", "IdentityReader")]
internal sealed class IdentityReader : IOp
{
    public static Kernel CreateKernel(KernelBuilder node) => ReaderHandles.Kernel(node, () => new NameReader(readsFiles: false));
}
