using System.Runtime.InteropServices;

namespace Engine.Io.Files;

/// <summary>
/// Puts the names of a folder on disk, on Unix; without it a name given to a file may be lost with the power. .NET opens no folders, so that this asks the
/// system itself. Where that fails (some file systems flush no folders) the names get there in their own time.
/// </summary>
internal static partial class FolderFlush
{
    internal static void Run(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        try
        {
            var descriptor = Open(folder, 0);
            if (descriptor < 0)
                return;
            _ = Flush(descriptor);
            _ = Close(descriptor);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException or PlatformNotSupportedException)
        {
            // A system without these functions.
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Flush(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
