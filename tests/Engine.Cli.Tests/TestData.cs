using System.Reflection;

namespace Engine.Cli.Tests;

/// <summary>Files that tests read.</summary>
internal static class TestData
{
    private static readonly string Tests = typeof(TestData).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "TestsFolder").Value!;

    /// <summary>A file in the folder Data.</summary>
    internal static string PathOf(string name) => Path.GetFullPath(Path.Combine(Tests, "Engine.Cli.Tests", "Data", name));

    /// <summary>The golden models.</summary>
    internal static string Models => Path.GetFullPath(Path.Combine(Tests, "Golden", "Models"));
}
