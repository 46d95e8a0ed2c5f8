using Engine.StartProfile;

// Writes a profile of the methods that starts of the published tool need: crossgen compiles those ahead that it would not find, and lays all of them side by side.
//
//     Engine.StartProfile FOLDER PROFILE.mibc LOG...
//
// FOLDER holds the published tool, the logs are what it wrote under DOTNET_JitStdOutFile=LOG.txt DOTNET_JitDisasmSummary=1, and under DOTNET_EnableEventPipe=1
// DOTNET_EventPipeOutputPath=LOG.nettrace DOTNET_EventPipeConfig=Microsoft-Windows-DotNETRuntime:0x2000000000:5.
if (args.Length < 3)
{
    Console.Error.WriteLine("Engine.StartProfile FOLDER PROFILE.mibc LOG...");
    return 2;
}
using var index = new AssemblyIndex(args[0]);
var writer = new ProfileWriter(index);
var (written, unknown) = (0, new SortedSet<string>(StringComparer.Ordinal));
var methods = args.Skip(2).SelectMany(file => file.EndsWith(".nettrace", StringComparison.Ordinal) ? EntryPoints.Read(file) : File.ReadLines(file).Select(CompiledMethod.Parse));
foreach (var method in methods.OfType<CompiledMethod>().DistinctBy(m => m.Text).SelectMany(m => m.Readings).OrderBy(m => m.Text, StringComparer.Ordinal))
{
    var count = writer.Add(method);
    written += count;
    if (count == 0)
        unknown.Add(method.Text);
}
writer.Save(args[1]);
Console.WriteLine($"{written} methods");
foreach (var name in unknown)
    Console.WriteLine($"not found: {name}");
return 0;
