"""Finds the handler function as AWS's runtime for Python does."""

import importlib
import sys


class Fault(Exception):
    """An error of the runtime itself, by AWS's name for it."""

    def __init__(self, kind, message, trace=()):
        super().__init__(message)
        self.kind = f"Runtime.{kind}"
        self.trace = list(trace)


PROVIDED = ("boto3", "botocore")


def load(handler):
    """The function that `module.function` names."""
    try:
        module_name, function_name = handler.rsplit(".", 1)
    except ValueError as error:
        raise Fault("MalformedHandlerName", f"Bad handler '{handler}': {error}") from None
    if module_name.split(".")[0] in sys.builtin_module_names:
        raise Fault(
            "BuiltInModuleConflict",
            f"Cannot use built-in module {module_name} as a handler module",
        )
    module = _module(module_name)
    try:
        return getattr(module, function_name)
    except AttributeError:
        raise Fault(
            "HandlerNotFound", f"Handler '{function_name}' missing on module '{module_name}'"
        ) from None


def _module(name):
    try:
        return importlib.import_module(name.replace("/", "."))
    except ImportError as error:
        missing = error.name in PROVIDED
        hint = f" (Lambda has it; here: pip install {error.name})" if missing else ""
        raise Fault("ImportModuleError", f"Unable to import module '{name}': {error}{hint}") from None
    except SyntaxError as error:
        trace = [f'  File "{error.filename}" Line {error.lineno}\n    {error.text}']
        raise Fault(
            "UserCodeSyntaxError", f"Syntax error in module '{name}': {error}", trace
        ) from None
