"""Training goes on from an object-based checkpoint that we restored and saved."""
import json
import os

import numpy as np

from object_model import ObjectModel


def check(folder, case):
    with open(os.path.join(case['trained'], 'log.json')) as log:
        expected = json.load(log)['losses']
    model = ObjectModel()
    model.checkpoint.restore(case['prefix']).assert_consumed()
    for i, loss in enumerate(expected):
        x = np.sin(np.arange(32) * (i + 4)).astype(np.float32).reshape(8, 4)
        np.testing.assert_allclose(model.step(x), loss, rtol=1e-6)
