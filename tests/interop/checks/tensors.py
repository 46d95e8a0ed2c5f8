"""Tensors of case.json, and comparing them."""
import base64

import numpy as np
import tensorflow as tf


def decode(tensor):
    dtype = tf.as_dtype(tensor['dtype'])
    if dtype == tf.string:
        return np.array([base64.b64decode(s) for s in tensor['data']], dtype=object).reshape(tensor['shape'])
    return np.frombuffer(base64.b64decode(tensor['data']), dtype.as_numpy_dtype).reshape(tensor['shape'])


def same(name, actual, expected):
    """Equal bit by bit."""
    actual = np.asarray(actual)
    assert actual.shape == expected.shape, f'{name}: shape {actual.shape}, not {expected.shape}'
    if expected.dtype == object:
        assert actual.ravel().tolist() == expected.ravel().tolist(), f'{name}: {actual}, not {expected}'
    else:
        assert actual.dtype == expected.dtype, f'{name}: {actual.dtype}, not {expected.dtype}'
        assert actual.tobytes() == expected.tobytes(), f'{name}: {actual}, not {expected}'


def close(name, actual, expected):
    """Equal up to rounding."""
    actual = np.asarray(actual)
    if expected.dtype.kind in 'fc':
        np.testing.assert_allclose(actual, expected, rtol=1e-5, atol=1e-6, err_msg=name)
    else:
        same(name, actual, expected)
