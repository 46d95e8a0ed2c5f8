namespace Engine.Ops.Images;

/// <summary>For each output position along one axis, the inputs it is a weighted sum of.</summary>
internal sealed class Taps
{
    public Taps(int outputs, int width)
    {
        if ((long)outputs * width > Array.MaxLength)
            throw EngineException.ResourceExhausted($"Out of memory: {outputs} sums of {width} weights");
        Width = width;
        Counts = new int[outputs];
        Indices = new int[outputs * width];
        Weights = new float[outputs * width];
    }

    /// <summary>Room for each output.</summary>
    public int Width { get; }

    /// <summary>Number of taps of each output.</summary>
    public int[] Counts { get; }

    public int[] Indices { get; }

    public float[] Weights { get; }

    /// <summary>Number of outputs.</summary>
    public int Length => Counts.Length;

    /// <summary>Adds a tap to an output.</summary>
    public void Add(int output, int index, float weight)
    {
        var at = (output * Width) + Counts[output]++;
        Indices[at] = index;
        Weights[at] = weight;
    }
}
