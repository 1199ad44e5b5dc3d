"""Runs the service and Rasa as two child processes that start, live and stop together."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from bot.dialogue import last_line, model_folder, rasa_command, rasa_environment
from bot.settings import PROJECT_ROOT, Settings

START_SECONDS = 180
STOP_SECONDS = 10
MAX_RESTARTS = 3
"""A child that dies more often than this within `RESTART_WINDOW` seconds is given up."""
RESTART_WINDOW = 60


# A proxy for the internet has no business between us and our own children.
_direct = build_opener(ProxyHandler({}))


class ServeError(Exception):
    """The assistant can't run; the message says what to do."""


@dataclass
class Child:
    """One process: how it is started, where it logs, and how one sees that it answers."""

    name: str
    command: list[str]
    environment: dict[str, str]
    ready_url: str
    log: Path
    folder: Path = PROJECT_ROOT
    """Where it runs, which is what relative paths in its settings start from."""
    process: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as output:
            # A session of its own: Ctrl-C reaches the supervisor alone, which stops it in order.
            self.process = subprocess.Popen(
                self.command,
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def exit_code(self) -> int | None:
        return self.process.poll() if self.process else None

    def answers(self) -> bool:
        try:
            with _direct.open(self.ready_url, timeout=2) as response:
                return bool(response.status == 200)
        except (URLError, OSError):
            return False

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def stop(self) -> None:
        """Asks it to end, and after `STOP_SECONDS` ends it and all it started."""
        self.ask_to_stop()
        if self.process is None:
            return
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def service_of(settings: Settings) -> Child:
    """The service alone, which searches and shows products without Rasa."""
    return Child(
        name="The service",
        command=[sys.executable, "-m", "bot.service"],
        environment={**os.environ, **settings.environment()},
        ready_url=f"{settings.service_url}/ready",
        log=settings.data_dir / "logs" / "service.log",
        folder=Path.cwd(),
    )


def children(settings: Settings) -> list[Child]:
    """The service and the Rasa processes, as configured."""
    workers = range(1, settings.rasa_workers + 1)
    return [service_of(settings), *(_rasa(settings, number) for number in workers)]


def _rasa(settings: Settings, number: int) -> Child:
    """One of several listens for itself on this machine alone, and on the port of all besides."""
    is_alone = settings.rasa_workers == 1
    host = settings.host if is_alone else "127.0.0.1"
    port = settings.rasa_ports[number - 1]
    return Child(
        name="Rasa" if is_alone else f"Rasa {number}",
        command=rasa_command(
            settings,
            *("run", "--interface", host, "--port", str(port)),
            *("--model", str(model_folder(settings))),
            *("--endpoints", "endpoints.yml", "--credentials", "credentials.yml"),
        ),
        environment=rasa_environment(settings, number),
        ready_url=f"http://{host}:{port}/webhooks/web/",
        log=settings.data_dir / "logs" / ("rasa.log" if is_alone else f"rasa-{number}.log"),
    )


def check_ports(settings: Settings) -> None:
    """
    Raises:
        ServeError: something already listens on a port that is needed.
    """
    of_rasa = dict.fromkeys((settings.rasa_port, *settings.rasa_ports))
    wanted = [("--port", settings.port), *(("--rasa-port", port) for port in of_rasa)]
    if settings.port in of_rasa:
        raise ServeError(f"The service and Rasa can't both listen on port {settings.port}.")
    for option, port in wanted:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((settings.host, port))
            except OSError as error:
                raise ServeError(
                    f"Port {port} on {settings.host} can't be used ({error.strerror}). "
                    f"Stop what listens there, or choose another: aisle serve {option} {port + 1}"
                ) from error


@contextlib.contextmanager
def running(settings: Settings) -> Iterator[list[Child]]:
    """Starts both, and stops both in the end.

    Raises:
        ServeError: a child does not come up.
    """
    check_ports(settings)
    started = children(settings)
    try:
        for child in started:
            child.log.unlink(missing_ok=True)
            child.start()
        _await_ready(started)
        yield started
    finally:
        with _deaf_to_signals():
            for child in started:
                child.ask_to_stop()
            for child in started:
                child.stop()


def run(settings: Settings, on_ready: Callable[[], None]) -> None:
    """Starts both, calls `on_ready` when both answer, and keeps them running.

    Raises:
        KeyboardInterrupt: a signal asked for the end, and both have ended.
        ServeError: a child does not come up, or keeps dying.
    """
    with running(settings) as started:
        on_ready()
        while True:
            time.sleep(0.5)
            restart_dead(started)


def restart_dead(started: list[Child]) -> None:
    """Starts again what has stopped.

    Raises:
        ServeError: a child keeps dying.
    """
    for child in started:
        if child.exit_code() is not None:
            _restart(child)


def _await_ready(running: list[Child]) -> None:
    deadline = time.monotonic() + START_SECONDS
    waiting = list(running)
    while waiting:
        for child in waiting:
            if (code := child.exit_code()) is not None:
                raise ServeError(
                    f"{child.name} stopped at once (exit {code}): {last_line(child.log)} "
                    f"({child.log})"
                )
        waiting = [child for child in waiting if not child.answers()]
        if waiting and time.monotonic() > deadline:
            raise ServeError(
                f"{waiting[0].name} does not answer after {START_SECONDS} seconds; "
                f"see {waiting[0].log}"
            )
        time.sleep(0.2)


def _restart(child: Child) -> None:
    now = time.monotonic()
    child.deaths = [*(each for each in child.deaths if now - each < RESTART_WINDOW), now]
    if len(child.deaths) > MAX_RESTARTS:
        raise ServeError(
            f"{child.name} keeps stopping (exit {child.exit_code()}): {last_line(child.log)} "
            f"({child.log})"
        )
    print(f"{child.name} stopped (exit {child.exit_code()}); starting it again", file=sys.stderr)
    child.start()


@contextlib.contextmanager
def interrupted_by_signals() -> Iterator[None]:
    """Turns each signal that asks to end into KeyboardInterrupt.

    Ctrl-C too: a shell that starts a program in the background has it ignored.
    """

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    with _handling(interrupt):
        yield


def _deaf_to_signals() -> contextlib.AbstractContextManager[None]:
    """A second Ctrl-C must not leave a child behind."""
    return _handling(signal.SIG_IGN)


@contextlib.contextmanager
def _handling(handler: Callable[[int, FrameType | None], None] | signal.Handlers) -> Iterator[None]:
    handled = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, handler) for number in handled}
    try:
        yield
    finally:
        for number, previous in before.items():
            signal.signal(number, previous)
