using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Engine.Generators;

/// <summary>A place in a source file, comparable, so that an unchanged file costs nothing on the next key stroke.</summary>
internal sealed record SourceLocation(string Path, TextSpan Span, LinePositionSpan Lines)
{
    internal static SourceLocation? Of(Location location)
        => location.SourceTree is { } tree ? new(tree.FilePath, location.SourceSpan, location.GetLineSpan().Span) : null;

    internal Location ToLocation() => Location.Create(Path, Span, Lines);
}
