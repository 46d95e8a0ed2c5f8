namespace Engine.Ops.Gemm;

/// <summary>The functions that a product can end with.</summary>
internal enum Activation
{
    None,
    Relu,
    Relu6,
    LeakyRelu,
    Elu,
    Selu,
    Tanh,
    Sigmoid,
    Softplus,
    GeluExact,
    GeluApproximate,
    Swish,
}
