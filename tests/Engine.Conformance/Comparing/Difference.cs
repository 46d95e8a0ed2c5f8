namespace Engine.Conformance.Comparing;

/// <summary>How a tensor differs from the expected one.</summary>
/// <param name="Message">The first difference.</param>
/// <param name="AbsoluteError">The largest of all elements.</param>
/// <param name="RelativeError">The largest of all elements.</param>
internal sealed record Difference(string Message, double AbsoluteError = 0, double RelativeError = 0);
