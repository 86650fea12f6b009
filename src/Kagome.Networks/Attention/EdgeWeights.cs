using static TorchSharp.torch;

namespace Kagome.Networks.Attention;

/// <summary>The weights that turn an edge's features into what is added to keys and values.</summary>
/// <param name="NormWeight">γ of the features' layer norm: [features]</param>
/// <param name="NormBias">β of the features' layer norm: [features]</param>
/// <param name="Weight">[hidden, features]</param>
/// <param name="Bias">[hidden]</param>
public readonly record struct EdgeWeights(Tensor NormWeight, Tensor NormBias, Tensor Weight, Tensor Bias);
