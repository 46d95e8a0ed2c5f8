using Engine.Io.Readers;
using Engine.OpModel;

namespace Engine.Io.Ops;

/// <summary>A reader that gives the contents of files.</summary>
[Op("WholeFileReaderV2", "WholeFileReader")]
internal sealed class WholeFileReader : IOp
{
    public static Kernel CreateKernel(KernelBuilder node) => ReaderHandles.Kernel(node, () => new NameReader(readsFiles: true));
}
