"""Frames to and from the emulator, one JSON text a line, and the life line that ends this process."""

import json
import os
import queue
import signal
import threading

import in_child as clock

INCOMING, OUTGOING, LIFE_LINE = 3, 4, 5

_writing = threading.Lock()


def send(frame):
    """Written at once and whole, so that nothing is lost when the code ends its process."""
    data = (json.dumps(frame) + "\n").encode()
    with _writing:
        while data:
            data = data[os.write(OUTGOING, data) :]


def requests():
    """Requests one after the other; meanwhile the clock follows, also while a handler waits."""
    waiting = queue.Queue()
    threading.Thread(target=_read, args=[waiting], daemon=True).start()
    while (request := waiting.get()) is not None:
        yield request


def _read(waiting):
    with os.fdopen(INCOMING, "r", encoding="utf-8") as incoming:
        for line in incoming:
            frame = json.loads(line)
            clock.tell(frame["now"])
            if "invoke" in frame:
                waiting.put(frame["invoke"])
            else:
                send({"told": frame["tell"]})
    waiting.put(None)


def _end_with_emulator():
    while os.read(LIFE_LINE, 1):
        pass
    os.killpg(0, signal.SIGKILL)


def watch_life_line():
    """When the emulator is gone, however it went, its end of the life line closes."""
    threading.Thread(target=_end_with_emulator, daemon=True).start()
