using Engine.StartProfile;

// Writes a profile of methods that crossgen compiles ahead though it does not find that they are called:
//
//     Engine.StartProfile FOLDER PROFILE.mibc LOG...
//
// FOLDER holds the published tool, the logs are what it wrote under DOTNET_JitStdOutFile=LOG DOTNET_JitDisasmSummary=1.
if (args.Length < 3)
{
    Console.Error.WriteLine("Engine.StartProfile FOLDER PROFILE.mibc LOG...");
    return 2;
}
using var index = new AssemblyIndex(args[0]);
var writer = new ProfileWriter(index);
var (written, unknown) = (0, new SortedSet<string>(StringComparer.Ordinal));
var names = args.Skip(2).SelectMany(File.ReadLines).Select(CompiledMethod.Parse).OfType<CompiledMethod>().DistinctBy(m => m.Text).OrderBy(m => m.Text, StringComparer.Ordinal);
foreach (var method in names)
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
