"""Plain results of calls."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Mapping, Union

Value = Union[float, int, bool, str]


@dataclass(frozen=True)
class Reached:
    """Where a moment is reached."""

    #: simulated time since the epoch [us]
    time: int
    #: whether the condition holds, where one was given
    met: bool = False

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> "Reached":
        return cls(int(answer["time"]), bool(answer.get("met", False)))


@dataclass(frozen=True)
class Reading:
    """A signal as its sensor shows it, in the declared unit."""

    value: Value
    #: simulated time of the sample [us]
    time: int
    #: 0 good, 1 uncertain, 2 bad, 3 forced
    quality: int


_UNITS = {"us": 1, "ms": 10**3, "s": 10**6, "min": 60 * 10**6, "h": 3600 * 10**6, "d": 86400 * 10**6}


def micros(duration: str) -> int:
    """Microseconds of a duration such as ``90 s``, ``30 min`` or ``7 d``."""
    match = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([a-z]+)\s*", duration)
    if match is None or match[2] not in _UNITS:
        raise ValueError(f'"{duration}" is no duration; write "90 s", "30 min" or "7 d"')
    return round(float(match[1]) * _UNITS[match[2]])
