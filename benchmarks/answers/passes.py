"""A pass of a benchmark in a process of its own, so that its time and memory are its own."""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
from importlib.metadata import version
from typing import Any

LIBRARIES = ("numpy", "scipy", "scikit-learn", "scikit-network", "wordllama")


def say_where(title: str) -> None:
    """Print what is measured, and on what."""
    print(title)
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    print(", ".join(f"{name} {version(name)}" for name in LIBRARIES))


def report(**figures: Any) -> None:
    """Print the figures of a pass and the peak memory of its process, as JSON."""
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**figures, "megabytes": megabytes}))


def measured(file: str, *arguments: str) -> dict[str, Any]:
    """Return what one pass of a benchmark's file reported."""
    command = [sys.executable, file, *arguments]
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    result: dict[str, Any] = json.loads(printed.splitlines()[-1])
    return result


def verdict(promise: str, *, kept: bool) -> None:
    """Print whether a promise is kept."""
    print(f"Promise of {promise}: {'kept' if kept else 'NOT KEPT'}")
