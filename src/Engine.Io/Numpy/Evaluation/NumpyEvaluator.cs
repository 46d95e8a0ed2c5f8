using Engine.Io.Python;

namespace Engine.Io.Numpy.Evaluation;

internal static class NumpyEvaluator
{
    internal static bool MentionsNumpy(PythonNode node) => node.ToString().Contains("np");

    internal static object? Evaluate(PythonNode node) => PythonLiterals.Evaluate(node);
}
