using Engine.Interop;

// Engine.Interop OUT TRAINED: writes a folder per case under OUT; TRAINED holds what TensorFlow trained.
if (args is not [var output, var trained])
{
    Console.Error.WriteLine("usage: Engine.Interop OUT TRAINED");
    return 2;
}
var failed = 0;
foreach (var type in typeof(InteropCase).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(InteropCase)) && !t.IsAbstract).OrderBy(t => t.FullName, StringComparer.Ordinal))
{
    foreach (var instance in ((InteropCase)Activator.CreateInstance(type)!).Variants(trained))
    {
        var folder = new CaseFolder(Path.Combine(output, instance.Name), instance.Kind);
        try
        {
            instance.Write(folder);
        }
        catch (Exception e)
        {
            failed++;
            folder.Set("error", e.ToString());
        }
        folder.Finish();
    }
}
Console.WriteLine($"{failed} cases could not be written");
return 0;
