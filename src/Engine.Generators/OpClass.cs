using Microsoft.CodeAnalysis;

namespace Engine.Generators;

/// <summary>A class with the attribute <c>[Op]</c>.</summary>
/// <param name="Type">Its name, with <c>global::</c>.</param>
/// <param name="OpNames">The op types it answers, one a line.</param>
/// <param name="Definition">The definition of an op that TensorFlow does not have, or null.</param>
/// <param name="IsOp">Whether it implements the interface.</param>
/// <param name="HasInferShapes">Whether it declares a shape function.</param>
/// <param name="HasGradient">Whether it declares a gradient.</param>
/// <param name="HasSimplify">Whether it declares a rule that simplifies.</param>
/// <param name="HasFuse">Whether it declares a rule that fuses.</param>
/// <param name="HasChain">Whether it declares a rule that chains.</param>
/// <param name="HasActsOnRows">Whether it declares when it acts on rows.</param>
/// <param name="HasPrepare">Whether it has loops to compile ahead.</param>
/// <param name="Location">Where it stands.</param>
internal sealed record OpClass(string Type, string OpNames, string? Definition, bool IsOp, bool HasInferShapes, bool HasGradient,
    bool HasSimplify, bool HasFuse, bool HasChain, bool HasActsOnRows, bool HasPrepare, SourceLocation? Location)
{
    internal string[] Names => OpNames.Split(['\n'], StringSplitOptions.RemoveEmptyEntries);

    internal static OpClass From(INamedTypeSymbol type, AttributeData attribute) => new(
        type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
        string.Join("\n", attribute.ConstructorArguments.SelectMany(Strings)),
        attribute.NamedArguments.FirstOrDefault(a => a.Key == "Definition").Value.Value as string,
        type.AllInterfaces.Any(i => i.Name == "IOp" && i.ContainingNamespace.ToDisplayString() == "Engine.OpModel"),
        Declares(type, "InferShapes"),
        Declares(type, "Gradient"),
        Declares(type, "Simplify"),
        Declares(type, "Fuse"),
        Declares(type, "Chain"),
        Declares(type, "ActsOnRows"),
        Declares(type, "Prepare", parameters: 0),
        type.Locations.Length > 0 ? SourceLocation.Of(type.Locations[0]) : null);

    private static IEnumerable<string> Strings(TypedConstant constant)
        => constant.Kind == TypedConstantKind.Array
            ? constant.Values.IsDefault ? [] : constant.Values.Select(v => v.Value as string ?? "")
            : [constant.Value as string ?? ""];

    // The members of the interface are virtual and cannot be named through the class: what counts is what the class or a base class says itself.
    private static bool Declares(INamedTypeSymbol type, string method, int parameters = 1)
    {
        for (var t = type; t is not null; t = t.BaseType)
        {
            if (t.GetMembers(method).OfType<IMethodSymbol>().Any(m => m.IsStatic && m.Parameters.Length == parameters))
                return true;
        }
        return false;
    }
}
