"""A plant for ordinary tests."""

from __future__ import annotations

from types import TracebackType
from typing import Any, Mapping, Optional, Sequence, Union

import httpx

from .calls import answer_of, client_options, given
from .errors import DoppelError, ExpectationError
from .launch import Endpoints, Launch, Server
from .types import Reached, Reading, Value, micros


class Plant:
    """A simulated plant. Durations are texts such as ``90 s``, ``30 min`` or ``7 d``."""

    def __init__(self, endpoints: Endpoints, server: Optional[Server] = None) -> None:
        #: addresses for control software and tools
        self.endpoints = endpoints
        self._server = server
        self._client = httpx.Client(**client_options(endpoints))

    def call(self, name: str, /, **parameters: Any) -> dict[str, Any]:
        """Makes any call of the bench by its name; see ``/api/openapi.json``.

        :raises RefusedError: when the plant or the bench refuses
        :raises DoppelError: when the plant is gone
        """
        try:
            response = self._client.post(f"/{name}", json=parameters)
        except httpx.TransportError as error:
            raise DoppelError(f"{name}: the plant does not answer: {error!r}") from error
        return answer_of(name, response)

    def now(self) -> int:
        """Simulated time since the epoch [us]."""
        return int(self.call("time")["time"])

    def advance(self, by: str) -> Reached:
        """Lets time pass by a duration."""
        return Reached.of(self.call("advance", by=by))

    def run_until(self, *, until: Optional[str] = None, condition: Optional[str] = None) -> Reached:
        """Lets time pass until a time since the epoch or a condition, whichever is first."""
        return Reached.of(self.call("runUntil", **given(until=until, condition=condition)))

    def step(self) -> Reached:
        """Goes to the next event."""
        return Reached.of(self.call("step"))

    def set_time(self, *, mode: Optional[str] = None, running: Optional[bool] = None) -> None:
        """Another mode, or freezes and runs."""
        self.call("setTime", **given(mode=mode, running=running))

    def hold(self) -> None:
        """No time passes without a grant of this test."""
        self.call("hold")

    def release(self) -> None:
        """Time passes without a grant of this test, as far as others grant it."""
        self.call("release")

    def read(self, paths: Sequence[str]) -> dict[str, Reading]:
        """Present values of signals."""
        readings = (self.call("read", signals=list(paths)))["readings"]
        return {path: Reading(**reading) for path, reading in readings.items()}

    def value(self, path: str) -> Value:
        """Present value of one signal."""
        return self.read([path])[path].value

    def truth(self, signals: Sequence[str] = ()) -> dict[str, Any]:
        """What is really so, whatever sensors and forced signals show: ``values``, ``faults``, ``forced``."""
        return self.call("truth", signals=list(signals))

    def command(self, device: str, command: str, **parameters: Value) -> int:
        """Gives a command; returns the number of the operation."""
        answer = self.call("command", device=device, command=command, parameters=parameters)
        return int(answer["operation"])

    def write(self, device: str, signal: str, value: Value) -> None:
        """Writes a set-point."""
        self.call("write", device=device, signal=signal, value=value)

    def acknowledge(self, device: str, alarm: str, comment: str = "") -> None:
        """Acknowledges an alarm."""
        self.call("acknowledge", device=device, alarm=alarm, comment=comment)

    def fault(
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
        answer = self.call("fault", **given(device=device, fault=fault, active=active, at=at, when=when, lasts=lasts))
        return int(answer["plan"])

    def cancel(self, plan: int) -> None:
        """Gives up something that is planned."""
        self.call("cancel", plan=plan)

    def force(
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
        """Forces a signal to a value, or to what it shows at present; by a ramp where one is given. Returns the plan's number."""
        occasion = given(ramp=ramp, at=at, when=when, lasts=lasts)
        answer = self.call("force", **given(device=device, signal=signal, value=value), **occasion)
        return int(answer["plan"])

    def unforce(self, device: str, signal: str) -> None:
        """Releases a forced signal."""
        self.call("unforce", device=device, signal=signal)

    def events(self) -> list[dict[str, Any]]:
        """Events of the plant so far, the latest ten thousand."""
        return list(self.call("events")["events"])

    def alarms(self) -> list[dict[str, Any]]:
        """Alarms that are active or not yet acknowledged."""
        return list(self.call("alarms")["alarms"])

    def state_hash(self) -> str:
        """Hash of everything that the future depends on."""
        return str(self.call("report")["report"]["stateHash"])

    def snapshot(self, name: str) -> str:
        """Writes the present moment into a file; returns its path."""
        return str(self.call("save", name=name)["path"])

    def restore(self, *, time: Optional[str] = None, name: Optional[str] = None) -> Reached:
        """Goes back to a time since the epoch, or to a saved moment."""
        return Reached.of(self.call("restore", **given(time=time, name=name)))

    def fork(self) -> "Plant":
        """Another plant, with endpoints of its own, that begins at the present moment; it ends with this one."""
        return Plant(Endpoints(**(self.call("fork"))))

    def expect_within(self, duration: str, condition: str) -> Reached:
        """Expects that a condition comes to hold within a duration; time passes until then.

        :raises ExpectationError: when it does not
        """
        end = self.now() + micros(duration)
        reached = self.run_until(until=f"{end} us", condition=condition)
        if not reached.met:
            raise ExpectationError(f'"{condition}" did not hold within {duration}')
        return reached

    def expect_never(self, duration: str, condition: str) -> Reached:
        """Expects that a condition does not hold during a duration; time passes.

        :raises ExpectationError: at the instant at which it holds
        """
        end = self.now() + micros(duration)
        reached = self.run_until(until=f"{end} us", condition=condition)
        if reached.met:
            raise ExpectationError(f'"{condition}" holds at {reached.time / 1e6} s')
        return reached

    def observe(self, name: str, check: Mapping[str, Any]) -> None:
        """Watches from now on whether something is as it should be.

        For instance ``{"always": "bioreactor-1.temperature < 39", "for": "5 min"}`` or
        ``{"when": "alarm", "then": "alarm acknowledged", "within": "60 s"}``.
        """
        self.call("observe", name=name, check=dict(check))

    def verdicts(self, *, over: bool = False) -> list[dict[str, Any]]:
        """What came of all that is watched for; ``over`` fails what has not come yet."""
        return list(self.call("verdicts", over=over)["verdicts"])

    def expect_held(self) -> None:
        """Expects that all that was watched for was as it should be, now that time is over.

        :raises ExpectationError: with each that was not
        """
        failed = [verdict for verdict in self.verdicts(over=True) if verdict["state"] == "failed"]
        if failed:
            raise ExpectationError(
                "\n".join(f"{v['name']} ({v['text']}) at {v['time'] / 1e6} s: {v['cause']}" for v in failed)
            )

    def close(self) -> None:
        """Ends the plant."""
        self._client.close()
        if self._server is not None:
            self._server.stop()

    def __enter__(self) -> "Plant":
        return self

    def __exit__(
        self,
        kind: Optional[type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self.close()


def start_plant(
    scene: str,
    *,
    seed: Optional[int] = None,
    time: Union[str, float] = "lockstep",
    set: Mapping[str, Union[str, float]] = {},
    holders: int = 0,
    snapshots: Optional[str] = None,
    command: Optional[Sequence[str]] = None,
) -> Plant:
    """Starts a plant with its endpoints on free ports of loopback.

    :param scene: path of a scene or snapshot file
    :param seed: of all chance; 1 when absent, that of the snapshot for a snapshot
    :param time: ``lockstep``, ``realtime``, ``max`` or a factor
    :param set: other values for parameters of the scene
    :param holders: lockstep: time does not begin before so many hold the clock
    :param snapshots: folder where moments are saved
    :param command: how Doppel is started, when it is not found by itself
    :raises DoppelError: when it could not be started, with what it said
    """
    launch = Launch(scene, seed, time, set, holders, snapshots, command)
    server = Server(launch)
    return Plant(server.endpoints, server)
