using System.Numerics;
using Engine.Io.Python;

namespace Engine.Io.Numpy.Evaluation;

/// <summary>numpy, or one of its modules: what names in it stand for.</summary>
internal sealed class NumpyModule
{
    private readonly FunctionTable functions;
    private readonly IReadOnlyDictionary<string, object> members;
    private readonly string name;

    private NumpyModule(string name, FunctionTable functions, IReadOnlyDictionary<string, object> members)
    {
        this.name = name;
        this.functions = functions;
        this.members = members;
    }

    /// <summary><c>np</c>.</summary>
    internal static NumpyModule Root { get; } = Create();

    /// <summary>A function, type, constant or module.</summary>
    /// <exception cref="PythonException">AttributeError for what is not offered here.</exception>
    internal object? Get(string attribute)
    {
        if (functions.Find(attribute) is { } function)
            return function;
        if (members.TryGetValue(attribute, out var member))
            return member is DBNull ? null : member;
        if (name == "numpy" && attribute.Length > 1 && NumpyType.Find(attribute) is { } type && attribute is not ("float" or "int" or "bool" or "complex" or "object" or "str" or "unicode") && char.IsLetter(attribute[0]) && attribute.Length > 2)
            return type;
        // Python's own types had names here, too.
        if (name == "numpy" && attribute is "float" or "int" or "bool" or "complex" or "object" or "str")
            return Builtins.Functions.Find(attribute);
        throw new PythonException("AttributeError", $"module '{name}' has no attribute '{attribute}' that expressions may use");
    }

    /// <summary>Calls a function by name.</summary>
    internal object? Call(string function, params IReadOnlyList<object?> arguments) => functions.Find(function)!.Call(arguments, []);

    /// <summary>Whether there is a function of this name.</summary>
    internal Function? Function(string function) => functions.Find(function);

    private static NumpyModule Create()
    {
        var table = new FunctionTable();
        Elementwise.AddTo(table);
        Creation.AddTo(table);
        Joining.AddTo(table);
        Reductions.AddTo(table);
        Selection.AddTo(table);
        LinearAlgebra.AddTo(table);
        return new("numpy", table, new Dictionary<string, object>
        {
            ["pi"] = Math.PI,
            ["e"] = Math.E,
            ["euler_gamma"] = 0.5772156649015329,
            ["inf"] = double.PositiveInfinity,
            ["Inf"] = double.PositiveInfinity,
            ["Infinity"] = double.PositiveInfinity,
            ["PINF"] = double.PositiveInfinity,
            ["infty"] = double.PositiveInfinity,
            ["NINF"] = double.NegativeInfinity,
            ["nan"] = Casting.NaN,
            ["NaN"] = Casting.NaN,
            ["NAN"] = Casting.NaN,
            ["PZERO"] = 0.0,
            ["NZERO"] = -0.0,
            ["newaxis"] = DBNull.Value,
            ["True_"] = true,
            ["False_"] = false,
            ["r_"] = new Subscripts.Builder("r_"),
            ["c_"] = new Subscripts.Builder("c_"),
            ["s_"] = new Subscripts.Builder("s_"),
            ["index_exp"] = new Subscripts.Builder("s_"),
            ["mgrid"] = new Subscripts.Builder("mgrid"),
            ["ogrid"] = new Subscripts.Builder("ogrid"),
            ["random"] = new NumpyModule("numpy.random", RandomFunctions.Create(new MersenneTwister()), new Dictionary<string, object>()),
            ["linalg"] = new NumpyModule("numpy.linalg", LinearAlgebra.Create(), new Dictionary<string, object>()),
        });
    }

    /// <summary>A generator of random numbers, with its own methods.</summary>
    internal static NumpyModule Generator(FunctionTable functions) => new("numpy.random.RandomState", functions, new Dictionary<string, object>());

    /// <summary>The limits of a type: <c>np.iinfo</c> and <c>np.finfo</c>.</summary>
    internal static NumpyModule Limits(NumpyType type) => new("limits", new FunctionTable(), type.Type switch
    {
        DType.Float16 => Bounds(Float(type, 65504), Float(type, -65504), Float(type, 0.0009765625), Float(type, 6.103515625e-05)),
        DType.Float32 => Bounds(Float(type, float.MaxValue), Float(type, float.MinValue), Float(type, 1.1920928955078125e-07), Float(type, 1.17549435082228750797e-38)),
        DType.Float64 => Bounds(double.MaxValue, double.MinValue, 2.220446049250313e-16, 2.2250738585072014e-308),
        DType.UInt64 => Bounds((BigInteger)ulong.MaxValue, BigInteger.Zero),
        _ when type.Kind == 'u' => Bounds((BigInteger.One << (8 * type.Size)) - 1, BigInteger.Zero),
        _ when type.Kind == 'i' => Bounds((BigInteger.One << (8 * type.Size - 1)) - 1, -(BigInteger.One << (8 * type.Size - 1))),
        _ => throw PythonException.Value($"there are no limits of {type}"),
    });

    private static NdArray Float(NumpyType type, double value) => NdArray.Of(type, [], new[] { value });

    private static Dictionary<string, object> Bounds(object largest, object smallest, object? epsilon = null, object? tiny = null)
    {
        var bounds = new Dictionary<string, object> { ["max"] = largest, ["min"] = smallest };
        if (epsilon is not null)
            bounds["eps"] = epsilon;
        if (tiny is not null)
            bounds["tiny"] = bounds["smallest_normal"] = tiny;
        return bounds;
    }
}
