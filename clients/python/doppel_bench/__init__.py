"""A simulated cell-therapy plant for tests of control software.

``start_plant`` and ``start_plant_async`` start Doppel as a child process with endpoints on free ports of loopback.
"""

from .aio import AsyncPlant, start_plant_async
from .errors import DoppelError, ExpectationError, RefusedError
from .launch import Endpoints
from .plant import Plant, start_plant
from .types import Reached, Reading

__all__ = [
    "AsyncPlant",
    "DoppelError",
    "Endpoints",
    "ExpectationError",
    "Plant",
    "Reached",
    "Reading",
    "RefusedError",
    "start_plant",
    "start_plant_async",
]
