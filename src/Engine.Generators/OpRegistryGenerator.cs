using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Engine.Generators;

/// <summary>Writes the assembly's <c>OpCatalog</c> from the classes that carry <c>[Op]</c>: registration costs nothing at start, and there is no list to edit.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class OpRegistryGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var classes = context.SyntaxProvider.ForAttributeWithMetadataName("Engine.OpModel.OpAttribute",
            static (node, _) => node is TypeDeclarationSyntax,
            static (c, _) => OpClass.From((INamedTypeSymbol)c.TargetSymbol, c.Attributes[0]));
        var assembly = context.CompilationProvider.Select(static (c, _) => c.AssemblyName ?? "");
        context.RegisterSourceOutput(classes.Collect().Combine(assembly), static (output, x) => Write(output, x.Left, x.Right));
    }

    private static void Write(SourceProductionContext output, ImmutableArray<OpClass> classes, string assembly)
    {
        // The packages' catalogs exist whether or not they have ops yet: the registry names them.
        if (classes.IsEmpty && assembly is not ("Engine.Ops" or "Engine.Io"))
            return;
        var ops = new SortedDictionary<string, OpClass>(StringComparer.Ordinal);
        foreach (var c in classes)
        {
            var location = c.Location?.ToLocation();
            if (!c.IsOp)
                output.ReportDiagnostic(Diagnostic.Create(OpDiagnostics.NotAnOp, location, c.Type));
            else if (c.Names.Length == 0)
                output.ReportDiagnostic(Diagnostic.Create(OpDiagnostics.NoNames, location, c.Type));
            else
                Add(output, ops, c, location);
        }
        output.AddSource("OpCatalog.g.cs", OpCatalogWriter.Write(assembly, ops));
    }

    private static void Add(SourceProductionContext output, SortedDictionary<string, OpClass> ops, OpClass c, Location? location)
    {
        foreach (var name in c.Names)
        {
            if (ops.TryGetValue(name, out var other))
                output.ReportDiagnostic(Diagnostic.Create(OpDiagnostics.Duplicate, location, name, other.Type, c.Type));
            else
                ops.Add(name, c);
        }
    }
}
