"""Loaded into a child that runs a learner's Python code: its dates follow the emulator's clock."""

import datetime
import time

_monotonic = time.monotonic
_real = {name: getattr(time, name) for name in ("gmtime", "localtime", "ctime")}
_told = time.time()
_told_at = _monotonic()


def tell(milliseconds):
    """Sets simulated time, in milliseconds since 1970."""
    global _told, _told_at
    _told = milliseconds / 1000
    _told_at = _monotonic()


def now():
    """What was told last, and the wall time that has passed since, in seconds."""
    return _told + _monotonic() - _told_at


def _following(name):
    def follow(seconds=None):
        return _real[name](now() if seconds is None else seconds)

    return follow


_strftime = time.strftime
_asctime = time.asctime

time.time = now
time.time_ns = lambda: int(now() * 1_000_000_000)
for _name in _real:
    setattr(time, _name, _following(_name))
time.strftime = lambda form, at=None: _strftime(form, at or time.localtime())
time.asctime = lambda at=None: _asctime(at or time.localtime())

_RealDate = datetime.date
_RealDatetime = datetime.datetime


class _LikeDate(type):
    def __instancecheck__(cls, value):
        return isinstance(value, _RealDate)


class _LikeDatetime(type):
    def __instancecheck__(cls, value):
        return isinstance(value, _RealDatetime)


class date(_RealDate, metaclass=_LikeDate):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(now())


class datetime_(_RealDatetime, metaclass=_LikeDatetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(now(), tz)

    @classmethod
    def today(cls):
        return cls.fromtimestamp(now())

    @classmethod
    def utcnow(cls):
        return cls.fromtimestamp(now(), datetime.timezone.utc).replace(tzinfo=None)


datetime_.__name__ = datetime_.__qualname__ = "datetime"
for _class in (date, datetime_):
    _class.__module__ = "datetime"
datetime.date = date
datetime.datetime = datetime_
