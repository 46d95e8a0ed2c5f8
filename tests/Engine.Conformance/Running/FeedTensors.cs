namespace Engine.Conformance.Running;

/// <summary>The tensors that a run is fed, by name.</summary>
internal sealed class FeedTensors : IDisposable
{
    internal FeedTensors(IEnumerable<Golden.Value> feeds, CaseFolder folder)
    {
        foreach (var feed in feeds)
        {
            var tensor = TensorFlowMessages.Tensor(feed.Tensor.Memory);
            folder.Resolve(tensor);
            Items.Add(KeyValuePair.Create(feed.Name, tensor));
        }
    }

    internal List<KeyValuePair<string, Tensor>> Items { get; } = [];

    public void Dispose()
    {
        foreach (var (_, tensor) in Items)
            tensor.Dispose();
    }
}
