using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Engine.Generators.Tests;

/// <summary>A generator run over some source: the generated files, and what the generator or the compiler had to say.</summary>
internal sealed class GeneratorRun
{
    private GeneratorRun(Compilation compilation, GeneratorDriverRunResult result)
    {
        Compilation = compilation;
        Sources = result.Results.Single().GeneratedSources.ToDictionary(s => s.HintName, s => s.SourceText.ToString());
        Diagnostics = [.. result.Diagnostics];
    }

    internal Compilation Compilation { get; }

    internal Dictionary<string, string> Sources { get; }

    internal Diagnostic[] Diagnostics { get; }

    /// <summary>The compiler's warnings and errors; missing documentation counts as in the packages.</summary>
    internal Diagnostic[] CompilerDiagnostics => [.. Compilation.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning)];

    internal static GeneratorRun Of(IIncrementalGenerator generator, string assembly, string source, params (string Path, string Text)[] files)
    {
        var options = new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.Diagnose);
        var compilation = CSharpCompilation.Create(assembly, [CSharpSyntaxTree.ParseText("global using System;\nglobal using System.Linq;\n" + source, options)], References(),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        var driver = CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], files.Select(f => new File(f.Path, f.Text)), options)
            .RunGeneratorsAndUpdateCompilation(compilation, out var updated, out _);
        return new(updated, driver.GetRunResult());
    }

    private static IEnumerable<MetadataReference> References()
        => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(p => MetadataReference.CreateFromFile(p));

    private sealed class File(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
