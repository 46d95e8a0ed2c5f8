using System.IO.MemoryMappedFiles;
using Microsoft.Win32.SafeHandles;

namespace Engine.Io.Files;

/// <summary>A file as read-only memory. The memory stays while anyone holds a lease of it, also after <see cref="Dispose"/>.</summary>
internal sealed class MappedFile : IDisposable
{
    private readonly MemoryMappedFile? mapping;
    private readonly MemoryMappedViewAccessor? view;
    private readonly SafeFileHandle file;
    private readonly string path;

    /// <summary>Maps a file.</summary>
    /// <exception cref="InvalidModelException">NOT_FOUND, FAILED_PRECONDITION for a folder, PERMISSION_DENIED.</exception>
    internal MappedFile(string path)
    {
        this.path = path;
        var handle = file = FileErrors.Open(path);
        try
        {
            Length = RandomAccess.GetLength(handle);
            if (Length == 0)
            {
                // There is no mapping of nothing.
                handle.Dispose();
                return;
            }
            mapping = MemoryMappedFile.CreateFromFile(handle, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
            view = mapping.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        }
        catch (Exception e)
        {
            mapping?.Dispose();
            handle.Dispose();
            if (FileErrors.Convert(e, path) is { } converted)
                throw converted;
            throw;
        }
    }

    /// <summary>Bytes in the file when it was mapped.</summary>
    internal long Length { get; }

    /// <summary>The first byte; 0 for an empty file.</summary>
    internal nint Address => view is null ? 0 : view.SafeMemoryMappedViewHandle.DangerousGetHandle() + (nint)view.PointerOffset;

    /// <summary>Copies bytes out of the file without touching the mapping: what is only looked at once needs no pages of its own.</summary>
    /// <exception cref="InvalidModelException">OUT_OF_RANGE when the file has become shorter.</exception>
    internal void Read(Span<byte> bytes, long offset) => FileErrors.ReadExactly(file, path, bytes, offset);

    /// <summary>Keeps the memory until the lease is disposed or forgotten.</summary>
    internal IDisposable Lease() => new MemoryLease(view!.SafeMemoryMappedViewHandle);

    public void Dispose()
    {
        view?.Dispose();
        mapping?.Dispose();
    }

    private sealed class MemoryLease : IDisposable
    {
        private readonly SafeMemoryMappedViewHandle handle;
        private int released;

        internal MemoryLease(SafeMemoryMappedViewHandle handle)
        {
            var added = false;
            handle.DangerousAddRef(ref added);
            this.handle = handle;
        }

        ~MemoryLease() => Release();

        public void Dispose()
        {
            Release();
            GC.SuppressFinalize(this);
        }

        private void Release()
        {
            if (Interlocked.Exchange(ref released, 1) == 0)
                handle?.DangerousRelease();
        }
    }
}
