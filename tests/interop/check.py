"""Reads every case with TensorFlow: check.py OUT. The last line is "N passed, N failed"."""
import importlib
import json
import os
import sys
import traceback

os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))


def main(out):
    passed = failed = 0
    for name in sorted(os.listdir(out)):
        folder = os.path.join(out, name)
        if not os.path.exists(os.path.join(folder, 'case.json')):
            continue
        with open(os.path.join(folder, 'case.json')) as file:
            case = json.load(file)
        try:
            if 'error' in case:
                raise AssertionError('could not be written: ' + case['error'])
            importlib.import_module('checks.' + case['kind']).check(folder, case)
            passed += 1
        except Exception as error:  # a failure of one case is no reason to stop
            failed += 1
            print(f'{name}: {type(error).__name__}: {str(error)[:2000]}')
            if '--trace' in sys.argv:
                traceback.print_exc()
    print(f'{passed} passed, {failed} failed')
    return failed > 0


sys.exit(main(sys.argv[1]))
