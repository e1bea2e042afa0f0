"""What a handler writes, as Lambda logs it: records with a prefix or as JSON, streams as they are."""

import io
import json
import logging
import time

from channel import send

request_id = None
is_json = False


class Stream(io.TextIOBase):
    """Each line is one event; what has no end yet waits for it."""

    def __init__(self):
        self.rest = ""

    def writable(self):
        return True

    def write(self, text):
        *lines, self.rest = (self.rest + text).split("\n")
        for line in lines:
            send({"log": line})
        return len(text)

    def finish(self):
        if self.rest:
            send({"log": self.rest})
        self.rest = ""


class TextHandler(logging.Handler):
    def emit(self, record):
        at = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        parts = [f"[{record.levelname}]", f"{at}.{int(record.msecs):03d}Z", request_id or ""]
        send({"log": "\t".join([*parts, self.format(record)]) + "\n"})


class JsonHandler(logging.Handler):
    def emit(self, record):
        entry = {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname,
            "message": record.getMessage(),
            "logger": record.name,
            "requestId": request_id,
        }
        if record.exc_info:
            kind, error, _ = record.exc_info
            entry["stackTrace"] = self.format(record).split("\n")[1:]
            entry["errorType"] = kind.__name__
            entry["errorMessage"] = str(error)
        send({"log": json.dumps(entry, default=str)})


def capture(settings):
    """Gives the root logger Lambda's handler."""
    global is_json
    is_json = settings["isJson"]
    root = logging.getLogger()
    root.addHandler(JsonHandler() if is_json else TextHandler())
    level = settings.get("level")
    if level:
        root.setLevel({"TRACE": "DEBUG", "FATAL": "CRITICAL"}.get(level, level))


def error(failure):
    """An error that the runtime itself logs."""
    if is_json:
        at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        send({"log": json.dumps({"timestamp": at, "log_level": "ERROR", **failure})})
        return
    lines = [f"[ERROR] {failure['errorType']}: {failure['errorMessage']}"]
    lines.append("Traceback (most recent call last):")
    for element in failure["stackTrace"]:
        for line in element.splitlines():
            stripped = line.lstrip(" ")
            lines.append("\u00a0" * (len(line) - len(stripped)) + stripped)
    send({"log": "\n".join(lines)})
