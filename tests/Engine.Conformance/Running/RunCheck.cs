using Engine.Conformance.Comparing;

namespace Engine.Conformance.Running;

/// <summary>Does one run and compares how it ends.</summary>
internal sealed class RunCheck(string where, Golden.Run run, CaseFolder folder)
{
    /// <summary>Decodes the feeds, runs, and compares error code or values.</summary>
    /// <exception cref="CaseFailedException">It ends otherwise than in TensorFlow.</exception>
    internal void Run(Func<IReadOnlyList<KeyValuePair<string, Tensor>>, Tensor[]> execute)
    {
        using var feeds = new FeedTensors(run.Feeds, folder);
        Tensor[] results;
        try
        {
            results = execute(feeds.Items);
        }
        catch (EngineException e)
        {
            if ((int)e.Code == run.Error)
                return;
            throw CaseFailedException.WrongError(where, e, run.Error, run.Message);
        }
        try
        {
            if (run.Error != 0)
                throw CaseFailedException.NoError(where, run.Error, run.Message);
            Compare(where, run.Fetches, results);
        }
        finally
        {
            foreach (var result in results)
                result.Dispose();
        }
    }

    /// <summary>Compares tensors with expected values; of several differences the first is reported.</summary>
    internal static void Compare(string where, IReadOnlyList<Golden.Value> expected, IReadOnlyList<Tensor> actual)
    {
        for (var i = 0; i < expected.Count; i++)
        {
            using var value = TensorFlowMessages.Tensor(expected[i].Tensor.Memory);
            if (ValueComparer.Compare(expected[i], value, actual[i]) is { } difference)
                throw CaseFailedException.WrongValue(difference with { Message = $"{where}: {difference.Message}" });
        }
    }
}
