using System.Diagnostics;

namespace Engine.Models;

/// <summary>The programs that are compared, and how they are started.</summary>
internal sealed class Programs(string shared, string? published)
{
    private readonly string engine = published ?? Path.Combine(Root(), "src/Engine.Cli/bin/Release/net10.0/Engine.Cli.dll");

    internal string Python { get; } = Path.GetFullPath(Path.Combine(shared, "oracle/tf"));

    internal string ModelMaker { get; } = Path.GetFullPath(Path.Combine(shared, "bench/make_models.py"));

    internal string Peers { get; } = Path.GetFullPath(Path.Combine(shared, "bench/peers.py"));

    internal string OwnModelMaker { get; } = Path.Combine(Root(), "benchmarks/Engine.Models/own_models.py");

    internal string ColdStartScript { get; } = Path.Combine(Root(), "benchmarks/Engine.Models/cold_start.py");

    /// <summary>The engine's command line.</summary>
    internal ProcessStartInfo Engine(params IEnumerable<string> arguments) => engine.EndsWith(".dll", StringComparison.Ordinal)
        ? Start("dotnet", [engine, .. arguments])
        : Start(engine, arguments);

    internal static ProcessStartInfo Start(string program, params IEnumerable<string> arguments) => new(program, arguments)
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Engine.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Run this from a checkout.");
        return folder;
    }
}
