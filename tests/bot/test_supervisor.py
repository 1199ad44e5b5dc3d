"""The supervisor, over two small web servers in place of the service and Rasa."""

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import supervisor
from bot.evaluation.free_port import free_port
from bot.settings import Settings

SERVER = "import sys, http.server as h; h.test(h.SimpleHTTPRequestHandler, port=int(sys.argv[1]))"


def child(name: str, folder: Path, program: str = SERVER) -> supervisor.Child:
    port = free_port()
    return supervisor.Child(
        name=name,
        command=[sys.executable, "-c", program, str(port)],
        environment=dict(os.environ),
        ready_url=f"http://127.0.0.1:{port}/",
        log=folder / f"{name}.log",
    )


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, port=free_port(), rasa_url=f"http://127.0.0.1:{free_port()}")


def use(monkeypatch: pytest.MonkeyPatch, *running: supervisor.Child) -> None:
    monkeypatch.setattr(supervisor, "children", lambda settings: list(running))


def serve(settings: Settings, on_ready: Callable[[], None]) -> None:
    """Until a signal."""
    with supervisor.interrupted_by_signals(), pytest.raises(KeyboardInterrupt):
        supervisor.run(settings, on_ready)


def test_a_signal_stops_both(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    one, two = child("one", tmp_path), child("two", tmp_path)
    use(monkeypatch, one, two)
    answered: list[bool] = []

    def ready() -> None:
        answered.extend([one.answers(), two.answers()])
        os.kill(os.getpid(), signal.SIGTERM)

    serve(settings, ready)
    assert answered == [True, True]
    assert one.exit_code() is not None
    assert two.exit_code() is not None


def test_a_second_signal_leaves_no_child_behind(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    slow = "import signal, sys, time; signal.signal(15, lambda *_: (time.sleep(1), sys.exit()));"
    one, two = (child(name, tmp_path, slow + SERVER) for name in ("one", "two"))
    use(monkeypatch, one, two)

    def insist() -> None:
        for _ in range(2):
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(0.3)

    serve(settings, lambda: threading.Thread(target=insist).start())
    assert one.exit_code() is not None
    assert two.exit_code() is not None


def test_a_child_that_dies_is_started_again(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    one = child("one", tmp_path)
    use(monkeypatch, one)
    came_back: list[bool] = []

    def kill_then_watch() -> None:
        assert one.process is not None
        first = one.process.pid
        one.process.kill()
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and not came_back:
            if one.process.pid != first and one.answers():
                came_back.append(True)
            time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGTERM)

    serve(settings, lambda: threading.Thread(target=kill_then_watch).start())
    assert came_back == [True]


def test_a_child_that_never_comes_up_is_reported_with_its_log(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    fine = child("fine", tmp_path)
    broken = child("broken", tmp_path, "import sys; sys.exit('no model here')")
    use(monkeypatch, fine, broken)
    with pytest.raises(supervisor.ServeError, match="no model here"):
        supervisor.run(settings, lambda: None)
    assert fine.exit_code() is not None


def test_one_port_for_both_is_refused(settings: Settings) -> None:
    settings.rasa_port = settings.port
    with pytest.raises(supervisor.ServeError, match="both"):
        supervisor.check_ports(settings)


def test_a_proxy_is_not_asked_about_our_own_children(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    use(monkeypatch, child("one", tmp_path))
    serve(settings, lambda: os.kill(os.getpid(), signal.SIGTERM))


def test_a_port_in_use_is_said_before_anything_starts(settings: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", settings.port))
        taken.listen()
        with pytest.raises(supervisor.ServeError, match=f"Port {settings.port}.*--port"):
            supervisor.run(settings, lambda: pytest.fail("started"))


def test_each_rasa_has_a_port_of_its_own_on_this_machine_alone(settings: Settings) -> None:
    several = settings.model_copy(
        update={"rasa_workers": 2, "redis_url": "redis://r", "host": "0.0.0.0"}  # noqa: S104
    )
    several.rasa_python = Path(sys.executable)
    _, one, other = supervisor.children(several)
    for number, child in enumerate((one, other), 1):
        port = several.rasa_port + number
        assert child.ready_url == f"http://127.0.0.1:{port}/webhooks/web/"
        assert child.environment["AISLE_RASA_WORKER"] == str(number)
        assert child.environment["AISLE_SHARED_PORT"] == f"0.0.0.0:{several.rasa_port}"
    assert one.log != other.log


def test_a_port_of_one_of_several_is_looked_at_too(settings: Settings) -> None:
    several = settings.model_copy(update={"rasa_workers": 2, "redis_url": "redis://r"})
    several.rasa_port = free_port(in_a_row=3)
    supervisor.check_ports(several)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", several.rasa_port + 2))
        with pytest.raises(supervisor.ServeError, match=str(several.rasa_port + 2)):
            supervisor.check_ports(several)
