"""A plant for tests with asyncio: the calls of ``Plant``, each in a thread, so that the loop goes on meanwhile."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Any, Mapping, Optional, Sequence

from .launch import Endpoints
from .plant import Plant, start_plant
from .types import Reached, Reading, Value


class AsyncPlant:
    """A simulated plant. Durations are texts such as ``90 s``, ``30 min`` or ``7 d``."""

    def __init__(self, plant: Plant) -> None:
        self._plant = plant

    @property
    def endpoints(self) -> Endpoints:
        """Addresses for control software and tools."""
        return self._plant.endpoints

    async def call(self, name: str, /, **parameters: Any) -> dict[str, Any]:
        """Makes any call of the bench by its name; see ``/api/openapi.json``."""
        return await asyncio.to_thread(self._plant.call, name, **parameters)

    async def now(self) -> int:
        """Simulated time since the epoch [us]."""
        return await asyncio.to_thread(self._plant.now)

    async def advance(self, by: str) -> Reached:
        """Lets time pass by a duration."""
        return await asyncio.to_thread(self._plant.advance, by)

    async def run_until(self, *, until: Optional[str] = None, condition: Optional[str] = None) -> Reached:
        """Lets time pass until a time since the epoch or a condition, whichever is first."""
        return await asyncio.to_thread(self._plant.run_until, until=until, condition=condition)

    async def step(self) -> Reached:
        """Goes to the next event."""
        return await asyncio.to_thread(self._plant.step)

    async def set_time(self, *, mode: Optional[str] = None, running: Optional[bool] = None) -> None:
        """Another mode, or freezes and runs."""
        await asyncio.to_thread(self._plant.set_time, mode=mode, running=running)

    async def hold(self) -> None:
        """No time passes without a grant of this test."""
        await asyncio.to_thread(self._plant.hold)

    async def release(self) -> None:
        """Time passes without a grant of this test, as far as others grant it."""
        await asyncio.to_thread(self._plant.release)

    async def read(self, paths: Sequence[str]) -> dict[str, Reading]:
        """Present values of signals."""
        return await asyncio.to_thread(self._plant.read, paths)

    async def value(self, path: str) -> Value:
        """Present value of one signal."""
        return await asyncio.to_thread(self._plant.value, path)

    async def truth(self, signals: Sequence[str] = ()) -> dict[str, Any]:
        """What is really so, whatever sensors and forced signals show: ``values``, ``faults``, ``forced``."""
        return await asyncio.to_thread(self._plant.truth, signals)

    async def command(self, device: str, command: str, **parameters: Value) -> int:
        """Gives a command; returns the number of the operation."""
        return await asyncio.to_thread(self._plant.command, device, command, **parameters)

    async def write(self, device: str, signal: str, value: Value) -> None:
        """Writes a set-point."""
        await asyncio.to_thread(self._plant.write, device, signal, value)

    async def acknowledge(self, device: str, alarm: str, comment: str = "") -> None:
        """Acknowledges an alarm."""
        await asyncio.to_thread(self._plant.acknowledge, device, alarm, comment)

    async def fault(
        self,
        device: str,
        fault: str,
        active: bool = True,
        *,
        at: Optional[str] = None,
        when: Optional[str] = None,
        lasts: Optional[str] = None,
    ) -> int:
        """Lets something go wrong, or with ``False`` puts it right; at once or as planned. Returns the plan's number."""
        return await asyncio.to_thread(self._plant.fault, device, fault, active, at=at, when=when, lasts=lasts)

    async def cancel(self, plan: int) -> None:
        """Gives up something that is planned."""
        await asyncio.to_thread(self._plant.cancel, plan)

    async def force(
        self,
        device: str,
        signal: str,
        value: Optional[Value] = None,
        *,
        ramp: Optional[str] = None,
        at: Optional[str] = None,
        when: Optional[str] = None,
        lasts: Optional[str] = None,
    ) -> int:
        """Forces a signal to a value, or to what it shows at present. Returns the plan's number."""
        return await asyncio.to_thread(
            self._plant.force, device, signal, value, ramp=ramp, at=at, when=when, lasts=lasts
        )

    async def unforce(self, device: str, signal: str) -> None:
        """Releases a forced signal."""
        await asyncio.to_thread(self._plant.unforce, device, signal)

    async def events(self) -> list[dict[str, Any]]:
        """Events of the plant so far, the latest ten thousand."""
        return await asyncio.to_thread(self._plant.events)

    async def alarms(self) -> list[dict[str, Any]]:
        """Alarms that are active or not yet acknowledged."""
        return await asyncio.to_thread(self._plant.alarms)

    async def state_hash(self) -> str:
        """Hash of everything that the future depends on."""
        return await asyncio.to_thread(self._plant.state_hash)

    async def snapshot(self, name: str) -> str:
        """Writes the present moment into a file; returns its path."""
        return await asyncio.to_thread(self._plant.snapshot, name)

    async def restore(self, *, time: Optional[str] = None, name: Optional[str] = None) -> Reached:
        """Goes back to a time since the epoch, or to a saved moment."""
        return await asyncio.to_thread(self._plant.restore, time=time, name=name)

    async def fork(self) -> "AsyncPlant":
        """Another plant, with endpoints of its own, that begins at the present moment; it ends with this one."""
        return AsyncPlant(await asyncio.to_thread(self._plant.fork))

    async def expect_within(self, duration: str, condition: str) -> Reached:
        """Expects that a condition comes to hold within a duration; time passes until then."""
        return await asyncio.to_thread(self._plant.expect_within, duration, condition)

    async def expect_never(self, duration: str, condition: str) -> Reached:
        """Expects that a condition does not hold during a duration; time passes."""
        return await asyncio.to_thread(self._plant.expect_never, duration, condition)

    async def observe(self, name: str, check: Mapping[str, Any]) -> None:
        """Watches from now on whether something is as it should be."""
        await asyncio.to_thread(self._plant.observe, name, check)

    async def verdicts(self, *, over: bool = False) -> list[dict[str, Any]]:
        """What came of all that is watched for; ``over`` fails what has not come yet."""
        return await asyncio.to_thread(lambda: self._plant.verdicts(over=over))

    async def expect_held(self) -> None:
        """Expects that all that was watched for was as it should be, now that time is over."""
        await asyncio.to_thread(self._plant.expect_held)

    async def close(self) -> None:
        """Ends the plant."""
        await asyncio.to_thread(self._plant.close)

    async def __aenter__(self) -> "AsyncPlant":
        return self

    async def __aexit__(
        self,
        kind: Optional[type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        await self.close()


async def start_plant_async(scene: str, **options: Any) -> AsyncPlant:
    """Starts a plant as ``start_plant`` does, with the same options."""
    return AsyncPlant(await asyncio.to_thread(lambda: start_plant(scene, **options)))
