using System.Runtime.InteropServices;

namespace Engine;

/// <summary>Memory that someone else owns (a mapped file, say), never written; the owner is told when the last tensor lets go.</summary>
internal sealed partial class MappedBuffer : TensorBuffer
{
    private const int DontNeed = 4;

    private readonly IDisposable? owner;
    private readonly bool isFile;

    internal MappedBuffer(nint address, long bytes, IDisposable? owner, bool isFile)
    {
        this.owner = owner;
        this.isFile = isFile;
        Address = address;
        Capacity = bytes;
    }

    internal override bool IsReadOnly => true;

    internal override void Free() => owner?.Dispose();

    // The file's pages stay in the system's cache; the process has them again when it reads them. Other memory would come back as zeros.
    internal override void Unload()
    {
        if (!isFile || !OperatingSystem.IsLinux())
            return;
        nint page = Environment.SystemPageSize;
        nint start = (Address + page - 1) / page * page, end = (nint)(Address + Capacity) / page * page;
        if (end > start)
            _ = Advise(start, end - start, DontNeed);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nint address, nint length, int advice);
}
