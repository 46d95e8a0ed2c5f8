namespace Engine.Ops.Images.Codecs.Jpeg;

/// <summary>What a start-of-scan segment says.</summary>
/// <param name="Components">The components whose data the scan holds.</param>
/// <param name="Number">1 for the first scan of the file.</param>
/// <param name="First">First coefficient, in file order.</param>
/// <param name="Last">Last coefficient.</param>
/// <param name="High">Bit position the scan refines from, 0 for a first scan.</param>
/// <param name="Low">Bit position the scan goes down to.</param>
internal sealed record JpegScan(JpegComponent[] Components, int Number, int First, int Last, int High, int Low)
{
    public bool IsInterleaved => Components.Length > 1;
}
