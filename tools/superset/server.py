"""Runs Superset on loopback for as long as it is wanted."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import requests

from tools.environments import ToolError
from tools.superset.environment import Environment

HOST = "127.0.0.1"
USUAL_PORT = 8088
START_SECONDS = 180


@dataclass(frozen=True)
class Server:
    """A running Superset: its address, its log and its process."""

    url: str
    process: subprocess.Popen


def choose_port(wanted: int | None) -> int:
    """The wanted port, or 8088, or any free one. Raises ToolError if the wanted port is taken."""
    for port in [wanted] if wanted else [USUAL_PORT, 0]:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return probe.getsockname()[1]
    raise ToolError(f"port {wanted} is taken: give another one with --port, or none to take a free one")


@contextmanager
def running(environment: Environment, port: int) -> Iterator[Server]:
    """Superset answering on the port; the processes started here end with the block. Raises ToolError if it does not start.

    One process with threads: DuckDB shares a file between the threads of one process, and the example needs no more.
    """
    # being told to end is an end like any other: what was started here is stopped
    earlier = signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    log = environment.home / "server.log"
    command = [environment.program("gunicorn"), "--bind", f"{HOST}:{port}", "--workers", "1", "--threads", "8", "--timeout", "120"]
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            [*command, "superset.app:create_app()"], env=environment.variables(), stdout=output, stderr=output, start_new_session=True
        )
        try:
            url = f"http://{HOST}:{port}"
            _wait(url, process, log.name)
            yield Server(url, process)
        finally:
            process.terminate()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            signal.signal(signal.SIGTERM, earlier)


def _wait(url: str, process: subprocess.Popen, log: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise ToolError(f"Superset stopped while it started: its log is {log}")
        try:
            if requests.get(f"{url}/health", timeout=5).ok:
                return
        except requests.RequestException:
            time.sleep(0.3)
    raise ToolError(f"Superset did not answer within {START_SECONDS} s: its log is {log}")
