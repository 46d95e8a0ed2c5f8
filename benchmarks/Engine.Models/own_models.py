"""Further benchmark models of kinds that make_models.py has not: made by its machinery, with the same files.

    MODEL_MAKER=…/make_models.py python own_models.py OUT NAME...

convnext   blocks of a 7x7 depthwise convolution, layer norm and two dense layers with GELU between
bigru      embeddings, two bidirectional GRUs
tcn        dilated causal 1-D convolutions with residuals
decoder    causal self-attention over token embeddings
separable  separable convolutions with batch norm and residuals (in the manner of Xception)
dense_net  dense blocks: batch norm before the convolutions, everything concatenated
generator  an image out of noise by transposed convolutions
ranker     embeddings of a user and of items, their dot products
speech     a spectrogram front end (STFT, mel bands, logarithm) before convolutions
masked     padded sequences: an LSTM and a bidirectional GRU under a mask
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


def separable():
    x = i = L.Input((96, 96, 3))
    x = L.ReLU()(L.BatchNormalization()(L.Conv2D(32, 3, strides=2, padding="same", use_bias=False)(x)))
    for width in (64, 128, 256):
        shortcut = L.BatchNormalization()(L.Conv2D(width, 1, strides=2, padding="same", use_bias=False)(x))
        x = L.BatchNormalization()(L.SeparableConv2D(width, 3, padding="same", use_bias=False)(L.ReLU()(x)))
        x = L.BatchNormalization()(L.SeparableConv2D(width, 3, padding="same", use_bias=False)(L.ReLU()(x)))
        x = L.Add()([L.MaxPooling2D(3, strides=2, padding="same")(x), shortcut])
    x = L.GlobalAveragePooling2D()(L.ReLU()(x))
    return make_models.calibrated(tf.keras.Model(i, L.Dense(10, "softmax")(x)), (96, 96, 3)), {"shape": (96, 96, 3)}


def dense_net():
    def layer(x, width, size):
        return L.Conv2D(width, size, padding="same", use_bias=False)(L.ReLU()(L.BatchNormalization(epsilon=1.001e-5)(x)))

    x = i = L.Input((64, 64, 3))
    x = L.MaxPooling2D(3, strides=2, padding="same")(L.Conv2D(32, 5, strides=2, padding="same", use_bias=False)(x))
    for layers in (4, 6):
        for _ in range(layers):
            x = L.Concatenate()([x, layer(layer(x, 64, 1), 16, 3)])
        x = L.AveragePooling2D()(layer(x, x.shape[-1] // 2, 1))
    x = L.GlobalAveragePooling2D()(L.ReLU()(L.BatchNormalization()(x)))
    return make_models.calibrated(tf.keras.Model(i, L.Dense(10, "softmax")(x)), (64, 64, 3)), {"shape": (64, 64, 3)}


def generator():
    x = i = L.Input((100,))
    x = L.Reshape((4, 4, 128))(L.Dense(4 * 4 * 128)(x))
    for width in (64, 32, 16):
        x = L.Conv2DTranspose(width, 4, strides=2, padding="same", use_bias=False)(x)
        x = L.LeakyReLU()(L.BatchNormalization()(x))
    x = L.Conv2DTranspose(3, 5, strides=2, padding="same", activation="tanh")(x)
    return make_models.calibrated(tf.keras.Model(i, x), (100,)), {"shape": (100,)}


def ranker():
    ids = L.Input((101,), dtype="int32")  # a user, then the items
    user = L.Dense(64, "relu")(L.Flatten()(L.Embedding(5000, 32)(ids[:, :1])))
    items = L.Dense(64, "relu")(L.Embedding(5000, 32)(ids[:, 1:]))
    score = L.Dot(axes=(2, 1), normalize=True)([items, user])
    return tf.keras.Model(ids, L.Activation("sigmoid")(score)), {"shape": (101,), "dtype": "int32", "high": 5000}


def speech():
    def bands(sound):
        mel = tf.signal.linear_to_mel_weight_matrix(40, 257, 16000, 60.0, 7600.0)
        return tf.math.log(tf.matmul(tf.abs(tf.signal.stft(sound, 480, 160, 512)), mel) + 1e-6)[..., None]

    x = i = L.Input((16000,))
    x = L.Lambda(bands)(x)
    x = L.Conv2D(32, (9, 5), strides=(2, 2), padding="same", activation="relu")(x)
    x = L.Conv2D(32, 3, padding="same", activation="relu")(L.MaxPooling2D()(x))
    return tf.keras.Model(i, L.Dense(12, "softmax")(L.GlobalAveragePooling2D()(x))), {"shape": (16000,)}


def masked():
    x = i = L.Input((60,), dtype="int32")
    x = L.Embedding(40, 48, mask_zero=True)(x)
    x = L.LSTM(64, return_sequences=True)(x)
    x = L.Bidirectional(L.GRU(32))(x)
    return tf.keras.Model(i, L.Dense(3, "softmax")(x)), {"shape": (60,), "dtype": "int32", "high": 40}


make_models.MODELS.update(
    convnext=convnext, bigru=bigru, tcn=tcn, decoder=decoder, separable=separable, dense_net=dense_net, generator=generator, ranker=ranker,
    speech=speech, masked=masked)

if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    for name in sys.argv[2:]:
        make_models.make(name, sys.argv[1])
