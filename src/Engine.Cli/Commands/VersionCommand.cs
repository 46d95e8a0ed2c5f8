using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Engine.Cli.Commands;

/// <summary><c>engine version</c>: the version, the runtime, and the vector width that kernels run at.</summary>
internal static class VersionCommand
{
    /// <summary>The version of the tool.</summary>
    internal static string Text => $"engine {typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0]}";

    internal static Command Create()
    {
        var command = new Command("version", "Prints the version of the engine and what it runs on.");
        command.SetAction(_ =>
        {
            Console.WriteLine(Text);
            Console.WriteLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}, {Environment.ProcessorCount} processors, {Width()}");
            return 0;
        });
        return command;
    }

    private static string Width() => Vector512.IsHardwareAccelerated ? "512-bit vectors"
        : Vector256.IsHardwareAccelerated ? "256-bit vectors"
        : Vector128.IsHardwareAccelerated ? "128-bit vectors"
        : "no vectors";
}
