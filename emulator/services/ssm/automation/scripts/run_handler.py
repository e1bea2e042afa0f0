"""Runs one handler of an aws:executeScript step: input on stdin, what came of it on descriptor 4."""
import importlib
import json
import os
import sys
import traceback


def tell(**frame):
    with os.fdopen(4, "w") as out:
        out.write(json.dumps(frame, default=str) + "\n")


def run(handler):
    given = json.load(sys.stdin)
    sys.path.insert(0, os.getcwd())
    module = importlib.import_module("customer_script")
    return getattr(module, handler)(given["events"], given["context"])


try:
    answer = run(sys.argv[1].rpartition(".")[2])
    sys.stdout.flush()
    tell(payload=answer)
except BaseException as error:
    sys.stdout.flush()
    frames = [frame for frame in traceback.extract_tb(error.__traceback__)
              if frame.filename.endswith("customer_script.py")]
    trace = "".join(["Traceback (most recent call last):\n", *traceback.format_list(frames)])
    tell(error=type(error).__name__, message=str(error), trace=trace.rstrip())
