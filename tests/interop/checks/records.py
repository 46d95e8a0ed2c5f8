"""Examples in TFRecord files."""
import os

import numpy as np
import tensorflow as tf


def check(folder, case):
    dataset = tf.data.TFRecordDataset(os.path.join(folder, 'records'), compression_type=case['compression'])
    count = 0
    for i, record in enumerate(dataset):
        parsed = tf.io.parse_single_example(record, {
            'id': tf.io.FixedLenFeature([], tf.int64), 'values': tf.io.VarLenFeature(tf.float32),
            'name': tf.io.FixedLenFeature([2], tf.string), 'sequence': tf.io.FixedLenFeature([], tf.string)})
        assert parsed['id'] == -i, parsed['id']
        np.testing.assert_array_equal(parsed['values'].values, np.arange(i, dtype=np.float32) / 2)
        assert parsed['name'].numpy().tolist() == [f'é{i}'.encode(), b''], parsed['name']
        context, lists = tf.io.parse_single_sequence_example(
            parsed['sequence'], {'id': tf.io.FixedLenFeature([], tf.int64)}, {'rows': tf.io.FixedLenSequenceFeature([2], tf.float32)})
        assert context['id'] == -i, context
        np.testing.assert_array_equal(lists['rows'], [[i, 0.5], [1, 2]])
        count += 1
    assert count == case['count'][0], count
