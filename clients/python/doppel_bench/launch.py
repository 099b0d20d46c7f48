"""Starts Doppel as a child process and waits until it is ready."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Mapping, Optional, Sequence, Union

from .errors import DoppelError

#: Longest time that an orderly end may take [s].
_END_SECONDS = 5.0


@dataclass(frozen=True)
class Endpoints:
    """Where a plant is reached; the token is for page and bench."""

    ui: str
    api: str
    token: str
    opcua: str


@dataclass(frozen=True)
class Launch:
    """What ``doppel serve`` is started with."""

    scene: str
    seed: Optional[int] = None
    time: Union[str, float] = "lockstep"
    set: Mapping[str, Union[str, float]] = field(default_factory=dict)
    holders: int = 0
    snapshots: Optional[str] = None
    command: Optional[Sequence[str]] = None

    def arguments(self) -> list[str]:
        words = [*(self.command or doppel_command()), "serve", self.scene, "--json"]
        words += ["--time", str(self.time), "--ui-port", "0", "--opcua-port", "0"]
        words += ["--holders", str(self.holders)]
        if self.seed is not None:
            words += ["--seed", str(self.seed)]
        if self.snapshots is not None:
            words += ["--snapshots", self.snapshots]
        for name, value in self.set.items():
            words += ["--set", f"{name}={value}"]
        return words


def doppel_command() -> list[str]:
    """``DOPPEL_COMMAND``, the checkout that this package lies in, or ``npx doppel``."""
    given = os.environ.get("DOPPEL_COMMAND")
    if given:
        return shlex.split(given)
    entry = Path(__file__).resolve().parents[3] / "bin" / "doppel.mjs"
    if entry.exists():
        own = entry.parents[1] / "node_modules" / ".bin" / "node"
        return [str(own) if own.exists() else "node", str(entry)]
    if shutil.which("npx"):
        return ["npx", "doppel"]
    raise DoppelError("Doppel was not found: set DOPPEL_COMMAND, for instance to 'node /path/to/doppel/bin/doppel.mjs'")


class Server:
    """A running ``doppel serve``."""

    def __init__(self, launch: Launch) -> None:
        try:
            self.process = subprocess.Popen(
                launch.arguments(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
        except OSError as error:
            raise DoppelError(f"Doppel could not be started: {error}") from error
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if line == "":
            assert self.process.stderr is not None
            words = self.process.stderr.read().strip()
            raise DoppelError(f"Doppel ended with exit code {self.process.wait()}: {words}")
        ready = json.loads(line)
        self.endpoints = Endpoints(ready["ui"], ready["api"], ready["token"], ready["opcua"])
        # What it says later is not read; a full pipe must not stop it.
        for stream in (self.process.stdout, self.process.stderr):
            if stream is not None:
                _drain(stream)

    def stop(self) -> None:
        if self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _drain(stream: object) -> None:
    import threading

    threading.Thread(target=lambda: [None for _ in stream], daemon=True).start()  # type: ignore[attr-defined]
