"""Further benchmark models of kinds that make_models.py has not: made by its machinery, with the same files.

    MODEL_MAKER=…/make_models.py python own_models.py OUT NAME...

convnext   blocks of a 7x7 depthwise convolution, layer norm and two dense layers with GELU between
bigru      embeddings, two bidirectional GRUs
tcn        dilated causal 1-D convolutions with residuals
decoder    causal self-attention over token embeddings
"""
import importlib.util
import os
import sys

spec = importlib.util.spec_from_file_location("make_models", os.environ["MODEL_MAKER"])
make_models = importlib.util.module_from_spec(spec)
spec.loader.exec_module(make_models)

import tensorflow as tf

L = tf.keras.layers


def convnext():
    x = i = L.Input((64, 64, 3))
    for width, depth in ((48, 2), (96, 2)):
        x = L.Conv2D(width, 4 if width == 48 else 2, strides=4 if width == 48 else 2)(x)
        x = L.LayerNormalization(epsilon=1e-6)(x)
        for _ in range(depth):
            y = L.DepthwiseConv2D(7, padding="same")(x)
            y = L.LayerNormalization(epsilon=1e-6)(y)
            y = L.Dense(4 * width, activation="gelu")(y)
            x = L.Add()([x, L.Dense(width)(y)])
    x = L.LayerNormalization(epsilon=1e-6)(L.GlobalAveragePooling2D()(x))
    return tf.keras.Model(i, L.Dense(10, "softmax")(x)), {"shape": (64, 64, 3)}


def bigru():
    x = i = L.Input((50,), dtype="int32")
    x = L.Embedding(1000, 64)(x)
    x = L.Bidirectional(L.GRU(64, return_sequences=True))(x)
    x = L.Bidirectional(L.GRU(64))(x)
    return tf.keras.Model(i, L.Dense(5, "softmax")(x)), {"shape": (50,), "dtype": "int32", "high": 1000}


def tcn():
    x = i = L.Input((256, 16))
    x = L.Conv1D(64, 1)(x)
    for rate in (1, 2, 4, 8, 16):
        y = L.Conv1D(64, 3, padding="causal", dilation_rate=rate, activation="relu")(x)
        x = L.Add()([x, L.Conv1D(64, 1)(y)])
    return tf.keras.Model(i, L.Dense(8)(x)), {"shape": (256, 16)}


def decoder():
    x = i = L.Input((64,), dtype="int32")
    x = L.Embedding(1000, 128)(x)
    for _ in range(2):
        y = L.LayerNormalization()(x)
        x = L.Add()([x, L.MultiHeadAttention(4, 32)(y, y, use_causal_mask=True)])
        y = L.Dense(512, activation="gelu")(L.LayerNormalization()(x))
        x = L.Add()([x, L.Dense(128)(y)])
    return tf.keras.Model(i, L.Dense(1000)(x)), {"shape": (64,), "dtype": "int32", "high": 1000}


make_models.MODELS.update(convnext=convnext, bigru=bigru, tcn=tcn, decoder=decoder)

if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    for name in sys.argv[2:]:
        make_models.make(name, sys.argv[1])
