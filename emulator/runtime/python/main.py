"""The runtime of a Python function: started by the emulator, one process an execution environment."""

import json
import os
import resource
import sys
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[0:1] = [HERE, os.path.join(HERE, "..", "..", "clock")]
SETTINGS = json.loads(sys.argv[1])
del sys.argv[1:]

import in_child as clock  # noqa: E402

clock.tell(SETTINGS["now"])

import channel  # noqa: E402
import log  # noqa: E402
from load import Fault, load  # noqa: E402


class Identity:
    cognito_identity_id = None
    cognito_identity_pool_id = None


class Context:
    """What a handler knows of its invocation."""

    def __init__(self, request):
        env = os.environ
        self.aws_request_id = request["id"]
        self.log_group_name = env.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = env.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = env.get("AWS_LAMBDA_FUNCTION_NAME")
        self.memory_limit_in_mb = env.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.function_version = env.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.invoked_function_arn = request["functionArn"]
        self.client_context = request.get("clientContext")
        self.identity = Identity()
        self._deadline = clock.now() * 1000 + request["timeoutMs"]

    def get_remaining_time_in_millis(self):
        return max(int(self._deadline - clock.now() * 1000), 0)

    def log(self, message):
        sys.stdout.write(str(message))


def as_on_aws(text):
    """The text with AWS's folders in place of this machine's."""
    task = os.environ.get("LAMBDA_TASK_ROOT")
    if not task:
        return text
    opt = os.path.join(os.path.dirname(task), "opt")
    return text.replace(task, "/var/task").replace(opt, "/opt")


def failure(error, request_id=""):
    """The payload that the caller of a failed invocation gets."""
    if isinstance(error, Fault):
        kind, trace = error.kind, error.trace
    else:
        own = [f for f in traceback.extract_tb(error.__traceback__) if f.filename != __file__]
        kind = type(error).__name__
        trace = [as_on_aws(entry) for entry in traceback.format_list(own)]
    return {
        "errorMessage": str(error),
        "errorType": kind,
        "requestId": request_id,
        "stackTrace": trace,
    }


def marshal(result):
    try:
        return json.dumps(result, ensure_ascii=False)
    except (TypeError, ValueError) as error:
        raise Fault("MarshalError", f"Unable to marshal response: {error}") from None


def memory():
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used if sys.platform == "darwin" else used * 1024


def invoke(handler, request):
    log.request_id = request["id"]
    os.environ["_X_AMZN_TRACE_ID"] = request["traceId"]
    failed = False
    try:
        body = marshal(handler(json.loads(request["event"]), Context(request)))
    except Exception as error:  # whatever a handler raises is its caller's answer
        failed = True
        told = failure(error, request["id"])
        body = json.dumps(told)
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.finish()
    if failed:
        log.error(told)
    channel.send({"id": request["id"], "failed": failed, "body": body, "memory": memory()})


def main():
    channel.watch_life_line()
    sys.stdout = log.Stream()
    sys.stderr = log.Stream()
    log.capture(SETTINGS)
    sys.path.insert(0, os.environ["LAMBDA_TASK_ROOT"])
    try:
        handler = load(os.environ["_HANDLER"])
    except Exception as error:  # whatever a module raises is told to whoever calls
        told = failure(error)
        log.error(told)
        channel.send({"failed": told})
        sys.exit(1)
    channel.send({"ready": True})
    for request in channel.requests():
        invoke(handler, request)


main()
