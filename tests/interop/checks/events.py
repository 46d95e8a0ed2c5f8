"""Event files, and the same ones as TensorFlow writes them."""
import glob
import os

import numpy as np
import tensorflow as tf

from . import tensors


def summaries(folder):
    path, = glob.glob(os.path.join(folder, 'events.out.tfevents.*'))
    events = list(tf.compat.v1.train.summary_iterator(path))
    assert events[0].file_version == 'brain.Event:2', events[0]
    return events[1:]


def check(folder, case):
    pixels, clip, values = (tensors.decode(case['tensors'][name]) for name in ('pixels', 'clip', 'values'))

    first = summaries(os.path.join(folder, 'v1'))
    assert [e.step for e in first] == [1, 2, 3, 4, 5]
    assert (first[0].summary.value[0].tag, first[0].summary.value[0].simple_value) == ('loss', 0.25)
    histogram = tf.compat.v1.Summary.FromString(tf.raw_ops.HistogramSummary(tag='values', values=values).numpy())
    assert first[1].summary == histogram, first[1]
    for picture, value in zip(pixels, first[2].summary.value):
        np.testing.assert_array_equal(tf.io.decode_png(value.image.encoded_image_string), picture)
    sound = tf.raw_ops.AudioSummaryV2(tag='clip', tensor=clip, sample_rate=8000.0, max_outputs=3)
    assert first[3].summary == tf.compat.v1.Summary.FromString(sound.numpy()), first[3]
    assert first[4].session_log.checkpoint_path == 'model-5', first[4]

    own = os.path.join(folder, 'own')
    with tf.summary.create_file_writer(own).as_default():
        tf.summary.scalar('loss', 0.25, 1, 'the *loss*')
        tf.summary.histogram('values', values, 2, buckets=4)
        tf.summary.image('pixels', pixels, 3)
        tf.summary.audio('clip', clip, 8000, 4)
        tf.summary.text('note', 'hello', 5)
    for ours, theirs in zip(summaries(os.path.join(folder, 'v2')), summaries(own), strict=True):
        assert ours.step == theirs.step
        (a,), (b,) = ours.summary.value, theirs.summary.value
        assert (a.tag, a.metadata) == (b.tag, b.metadata), (a, b)
        if a.tag == 'pixels':
            # PNG leaves the encoder a choice.
            x, y = (tf.make_ndarray(v.tensor) for v in (a, b))
            assert x[:2].tolist() == y[:2].tolist(), (a, b)
            for p, q in zip(x[2:], y[2:], strict=True):
                np.testing.assert_array_equal(tf.io.decode_png(p), tf.io.decode_png(q))
        else:
            assert a.tensor == b.tensor, (a, b)
