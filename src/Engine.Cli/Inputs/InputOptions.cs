using System.CommandLine;
using Engine.Cli.SavedModels;
using Engine.Io;
using Engine.Io.Numpy;

namespace Engine.Cli.Inputs;

/// <summary>The options that say what a model is fed, as those of <c>engine run</c>.</summary>
internal sealed class InputOptions
{
    internal Option<string> Files { get; } = new("--inputs") { Description = "Inputs from files: key=file.npy or key=file.npz[name]; several separated by ';'.", DefaultValueFactory = _ => "" };

    internal Option<string> Expressions { get; } = new("--input_exprs") { Description = "Inputs as Python literals or numpy expressions: key=[[1,2]]; several separated by ';'.", DefaultValueFactory = _ => "" };

    internal void AddTo(Command command)
    {
        command.Options.Add(Files);
        command.Options.Add(Expressions);
    }

    /// <summary>The inputs by key, with the types that the signature wants.</summary>
    /// <exception cref="EngineException">INVALID_ARGUMENT for what is not understood, NOT_FOUND for files.</exception>
    internal Dictionary<string, Tensor> Read(ParseResult arguments, Signature signature)
    {
        var inputs = new Dictionary<string, Tensor>();
        foreach (var (key, value) in new RunInputs(new(Console.Out, Console.Error, TextReader.Null), isLenient: true).Read(arguments.GetValue(Files)!, arguments.GetValue(Expressions)!, ""))
        {
            var array = ArrayMaker.Make(value);
            var type = signature.Inputs.TryGetValue(key, out var input) && input.Type != DType.Invalid ? input.Type.Base() : array.Type.Type;
            inputs[key] = TensorArrays.ToTensor(array, type);
        }
        return inputs;
    }
}
