namespace Engine.Ops.RandomNumbers;

/// <summary>Draws numbers of one distribution with one parameter, each from a part of the stream of its own, 256 blocks long.</summary>
internal interface ISampler
{
    /// <summary>What is computed once per parameter.</summary>
    void Prepare(double parameter);

    /// <summary>The next number.</summary>
    double Draw(Philox generator);
}
