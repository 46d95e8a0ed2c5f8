using System.Reflection;
using System.Runtime.Loader;
using Engine.OpModel;

namespace Engine.Generators.Tests;

public class OpRegistryGeneratorTests
{
    private const string Kernel = "public static Kernel CreateKernel(KernelBuilder node) => throw node.NoKernel();";

    [Fact]
    public void EveryNameLeadsToItsClass()
    {
        var catalog = Catalog($$"""
            [Op("AddV2", "Add")]
            internal sealed class Add : IOp { {{Kernel}} public static Gradient?[] Gradient(GradientContext g) => []; }
            [Op("Abs")]
            internal sealed class Abs : IOp { {{Kernel}} public static void InferShapes(InferenceContext c) => throw new NotSupportedException(); }
            """);
        Assert.Equal(["Abs", "Add", "AddV2"], catalog.Names);
        Assert.Equal("Add", catalog.Find("Add")!.Name);
        Assert.Equal("AddV2", catalog.Find("AddV2")!.Name);
        Assert.NotNull(catalog.Find("AddV2")!.Gradient);
        Assert.Null(catalog.Find("Abs")!.Gradient);
        Assert.Null(catalog.Find("Abs")!.Definition);
        Assert.Throws<NotSupportedException>(() => catalog.Find("Abs")!.InferShapes(null!));
        catalog.Find("Add")!.InferShapes(null!);
        Assert.Null(catalog.Find("Sub"));
        Assert.Null(catalog.Find("A"));
        Assert.Null(catalog.Find(""));
    }

    [Fact]
    public void MembersMayBeInherited()
    {
        var catalog = Catalog($$"""
            internal abstract class Unary { {{Kernel}} public static Gradient?[] Gradient(GradientContext g) => []; public static void InferShapes(InferenceContext c) { } }
            [Op("Neg")]
            internal sealed class Neg : Unary, IOp;
            """);
        Assert.NotNull(catalog.Find("Neg")!.Gradient);
    }

    [Fact]
    public void AnOpOfOurOwnBringsItsDefinition()
    {
        var catalog = Catalog($$"""
            [Op("_Mine", Definition = "_Mine(x:T) -> (y:T) {T:type; s:string = '\"'}")]
            internal sealed class Mine : IOp { {{Kernel}} }
            """);
        Assert.Equal("\"", catalog.Find("_Mine")!.Definition!.Attr("s")!.Default!.AsString());
    }

    [Theory]
    [InlineData("Engine.Ops", true)]
    [InlineData("Engine.Io", true)]
    [InlineData("Engine", false)]
    [InlineData("Engine.Ops.Tests", false)]
    public void ThePackagesHaveACatalogEvenWithoutOps(string assembly, bool exists)
    {
        var run = GeneratorRun.Of(new OpRegistryGenerator(), assembly, "");
        Assert.Equal(exists, run.Sources.Count == 1);
        Assert.Empty(run.CompilerDiagnostics);
    }

    [Theory]
    [InlineData("[Op(\"A\")] internal sealed class A;", "ENGINE001")]
    [InlineData("[Op] internal sealed class A : IOp { " + Kernel + " }", "ENGINE002")]
    [InlineData("[Op(\"A\")] internal sealed class A : IOp { " + Kernel + " }\n[Op(\"B\", \"A\")] internal sealed class B : IOp { " + Kernel + " }", "ENGINE003")]
    [InlineData("[Op(\"A\", \"A\")] internal sealed class A : IOp { " + Kernel + " }", "ENGINE003")]
    public void MistakesAreErrors(string source, string id)
    {
        var diagnostic = Assert.Single(Run(source).Diagnostics);
        Assert.Equal(id, diagnostic.Id);
        Assert.Equal(Microsoft.CodeAnalysis.DiagnosticSeverity.Error, diagnostic.Severity);
        Assert.True(diagnostic.Location.GetLineSpan().StartLinePosition.Line > 0);
    }

    private static GeneratorRun Run(string source)
        => GeneratorRun.Of(new OpRegistryGenerator(), "Some.Ops", "using Engine.Graphs;\nusing Engine.OpModel;\nusing Engine.Runtime;\n" + source);

    private static IOpCatalog Catalog(string source)
    {
        var run = Run(source);
        Assert.Empty(run.Diagnostics);
        Assert.Empty(run.CompilerDiagnostics);
        using var image = new MemoryStream();
        Assert.True(run.Compilation.Emit(image).Success);
        image.Position = 0;
        var assembly = new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image);
        return (IOpCatalog)Activator.CreateInstance(assembly.GetType("Some.Ops.OpCatalog")!)!;
    }
}
