"""Frames to and from the emulator, one JSON text a line, and the life line that ends this process."""

import json
import os
import signal
import threading

INCOMING, OUTGOING, LIFE_LINE = 3, 4, 5


def send(frame):
    """Written at once and whole, so that nothing is lost when the code ends its process."""
    data = (json.dumps(frame) + "\n").encode()
    while data:
        data = data[os.write(OUTGOING, data) :]


def frames():
    with os.fdopen(INCOMING, "r", encoding="utf-8") as incoming:
        for line in incoming:
            yield json.loads(line)


def _end_with_emulator():
    while os.read(LIFE_LINE, 1):
        pass
    os.killpg(0, signal.SIGKILL)


def watch_life_line():
    """When the emulator is gone, however it went, its end of the life line closes."""
    threading.Thread(target=_end_with_emulator, daemon=True).start()
