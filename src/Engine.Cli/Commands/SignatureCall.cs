using Engine.Io;

namespace Engine.Cli.Commands;

/// <summary>A signature with its inputs in place, ready to be run again and again.</summary>
internal sealed class SignatureCall
{
    private readonly SavedModel model;
    private readonly KeyValuePair<string, Tensor>[] feeds;
    private readonly string[] fetches;

    /// <summary>Inputs that are not given are made up: seeded random numbers, unknown dimensions of 1, the first one of the batch.</summary>
    internal SignatureCall(SavedModel model, Signature signature, Dictionary<string, Tensor> inputs, int batch)
    {
        this.model = model;
        var list = new List<KeyValuePair<string, Tensor>>();
        foreach (var (key, input) in signature.Inputs)
        {
            var value = inputs.TryGetValue(key, out var given) ? RepeatRows(given, batch) : SampleInputs.Make(input.Type, input.Shape, batch);
            list.Add(new(input.Name, value));
        }
        feeds = [.. list];
        fetches = [.. signature.Outputs.Values.Select(o => o.Name)];
    }

    internal void Run()
    {
        foreach (var result in model.Session.Run(feeds, fetches))
            result.Dispose();
    }

    private static Tensor RepeatRows(Tensor tensor, int batch)
    {
        if (batch == 1 || tensor.Rank == 0 || tensor.Shape[0] == 0 || tensor.Shape[0] >= batch)
            return tensor;
        var rows = tensor.Shape[0];
        var repeated = Tensor.Allocate(tensor.Type, tensor.Shape.With(0, batch));
        for (var i = 0L; i < batch; i += rows)
        {
            var n = Math.Min(rows, batch - i);
            using var to = repeated.Rows(i, n);
            using var from = tensor.Rows(0, n);
            to.CopyFrom(from);
        }
        return repeated;
    }
}
