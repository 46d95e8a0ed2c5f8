using Microsoft.CodeAnalysis;

namespace Engine.Generators;

/// <summary>What can be wrong with a class that carries <c>[Op]</c>.</summary>
internal static class OpDiagnostics
{
    internal static readonly DiagnosticDescriptor NotAnOp = Error("ENGINE001", "Op class without IOp", "'{0}' carries [Op] and does not implement IOp");

    internal static readonly DiagnosticDescriptor NoNames = Error("ENGINE002", "Op class without a name", "[Op] of '{0}' names no op");

    internal static readonly DiagnosticDescriptor Duplicate = Error("ENGINE003", "Op with two classes", "Op '{0}' is implemented by '{1}' and by '{2}'");

    internal static readonly DiagnosticDescriptor BadDefinition = Error("ENGINE004", "Op definition that cannot be read", "The definition of {0} cannot be read: {1}");

    private static DiagnosticDescriptor Error(string id, string title, string message)
        => new(id, title, message, "Engine", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
