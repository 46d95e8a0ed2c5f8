using System.Runtime.InteropServices;

namespace Engine.Runtime;

/// <summary>Keeps threads on processors: sched_setaffinity on Linux, SetThreadAffinityMask on Windows. Other systems have no such call.</summary>
internal static unsafe partial class ThreadAffinity
{
    private const int LinuxProcessors = 1024;
    private const int WindowsProcessors = 64;

    /// <summary>Throws when a thread cannot be kept on one of <paramref name="processors"/>.</summary>
    /// <exception cref="EngineException">UNIMPLEMENTED on other systems, INVALID_ARGUMENT when there is no such processor.</exception>
    internal static void Check(IReadOnlyList<int> processors)
    {
        if (processors.Count == 0)
            return;
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows())
            throw EngineException.Unimplemented("Threads can be kept on processors on Linux and Windows only: leave SessionOptions.Processors empty here.");
        int limit = OperatingSystem.IsLinux() ? LinuxProcessors : WindowsProcessors;
        foreach (int processor in processors)
        {
            if (processor < 0 || processor >= limit)
                throw EngineException.InvalidArgument($"There is no processor {processor}: SessionOptions.Processors takes numbers from 0 to {limit - 1}.");
        }
    }

    /// <summary>Keeps the calling thread on a processor. False when the system refuses, as for one that the process may not use.</summary>
    internal static bool TryKeepOn(int processor)
    {
        if (OperatingSystem.IsWindows())
            return SetThreadAffinityMask(GetCurrentThread(), (nuint)1 << processor) != 0;
        ulong* mask = stackalloc ulong[LinuxProcessors / 64];
        new Span<ulong>(mask, LinuxProcessors / 64).Clear();
        mask[processor / 64] = 1ul << (processor % 64);
        return SchedSetAffinity(0, LinuxProcessors / 8, mask) == 0;
    }

    [LibraryImport("libc", EntryPoint = "sched_setaffinity")]
    private static partial int SchedSetAffinity(int thread, nuint size, ulong* mask);

    [LibraryImport("kernel32.dll")]
    private static partial nint GetCurrentThread();

    [LibraryImport("kernel32.dll")]
    private static partial nuint SetThreadAffinityMask(nint thread, nuint mask);
}
