namespace Engine.Ops.Images.Codecs.Jpeg;

/// <summary>The second byte of a marker; the first is 0xFF.</summary>
internal static class JpegMarker
{
    public const int BaselineFrame = 0xC0;
    public const int ExtendedFrame = 0xC1;
    public const int ProgressiveFrame = 0xC2;
    public const int HuffmanTables = 0xC4;
    public const int ArithmeticConditioning = 0xCC;
    public const int LastFrame = 0xCF;
    public const int FirstRestart = 0xD0;
    public const int LastRestart = 0xD7;
    public const int StartOfImage = 0xD8;
    public const int EndOfImage = 0xD9;
    public const int StartOfScan = 0xDA;
    public const int QuantizationTables = 0xDB;
    public const int NumberOfLines = 0xDC;
    public const int RestartInterval = 0xDD;
    public const int FirstApplication = 0xE0;
    public const int Adobe = 0xEE;
    public const int LastApplication = 0xEF;
    public const int Comment = 0xFE;
    public const int Temporary = 0x01;
}
