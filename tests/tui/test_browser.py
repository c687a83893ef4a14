"""The app in a real browser: headless Chromium, driven over its DevTools protocol."""

import asyncio
import base64
import itertools
import os
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

import pytest

pytest.importorskip("textual_serve", reason="the extra [serve] is not installed")
from aiohttp import ClientSession, CookieJar, WSMessageTypeError, WSServerHandshakeError

from manifesto_tui.tui.browser import _Served
from tui import made_up
from tui.terminal import Shown

_CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
_WAIT = 60


@contextmanager
def _serving(world, home, *words):
    told = made_up.environment(home) | {"PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, "-m", "manifesto_tui", "-C", str(world), "serve", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=told,
        start_new_session=True,
    ) as serving:
        try:
            yield serving
        finally:
            serving.terminate()


def _address(serving):
    said = serving.stdout.readline()
    address = re.search(r"http\S+", said)
    assert address, said + serving.stderr.read()
    return address[0]


@pytest.fixture
def served(world, home):
    """The address at which the made-up assembly is served, and the process."""
    with _serving(world, home, "--port", "0") as serving:
        yield _address(serving), serving


def test_a_title_is_no_part_of_the_page(tmp_path):
    served = _Served(tmp_path, "127.0.0.1", 80, "</title><script>\u202e")
    assert served.named == "</title><script>⟦U+202E⟧ · manifesto-tui"
    assert "&lt;script&gt;⟦U+202E⟧" in served.filled("nonce", "host")


async def test_only_the_whole_address_from_the_same_place_is_let_in(served):
    address, serving = served
    place, _, key = address.partition("/?key=")
    assert place.startswith("http://127.0.0.1:")
    async with asyncio.timeout(_WAIT), ClientSession(cookie_jar=CookieJar(unsafe=True)) as stranger:
        for asked, headers in (
            (place, {}),
            (f"{place}/static/js/textual.js", {}),
            (address + "x", {}),
            (address, {"Host": "somewhere.example"}),
            (address, {"Origin": "http://somewhere.example"}),
        ):
            async with stranger.get(asked, headers=headers) as answer:
                assert answer.status == 403, asked
        with pytest.raises(WSServerHandshakeError):
            await stranger.ws_connect(f"{place}/ws")
        async with stranger.get(address) as answer:
            assert str(answer.url) == f"{place}/"
            page = await answer.text()
            assert key not in page
            assert "<title>The Made-Up Manifesto · manifesto-tui</title>" in page
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        with pytest.raises(WSServerHandshakeError):
            await stranger.ws_connect(f"{place}/ws", origin="http://somewhere.example")
        async with stranger.ws_connect(f"{place}/ws") as socket:
            await socket.receive_bytes()
            serving.send_signal(signal.SIGINT)
            while not socket.closed:
                await socket.receive()
        assert await asyncio.to_thread(serving.wait, _WAIT) == 0
        assert serving.stderr.read() == ""


class Window(Shown):
    """A window on the app, without a browser: what it is sent, and what it sends."""

    def __init__(self, socket) -> None:
        super().__init__(80, 24)
        self.socket = socket

    async def type(self, keys):
        """Types keys as a browser's terminal sends them."""
        await self.socket.send_json(["stdin", keys])

    async def until(self, words):
        """Waits until the window shows `words`; fails where it never does."""
        try:
            async with asyncio.timeout(_WAIT):
                while words not in self.frame:
                    self.take(await self.socket.receive_bytes())
        except (TimeoutError, WSMessageTypeError):
            raise AssertionError(f"{words!r} was not shown:\n{self.frame}") from None


@asynccontextmanager
async def _window(address):
    """A window of its own, opened with the whole address."""
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        async with session.get(address) as answer:
            place = str(answer.url)
        async with session.ws_connect(f"{place}ws?width=80&height=24") as socket:
            window = Window(socket)
            await window.until("Care teams lead")
            yield window


def _living(group):
    """The processes of a group that have not ended."""
    found = []
    for told in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, its_group = told.read_text().rpartition(")")[2].split()[:3]
            if its_group == str(group) and state != "Z":
                found.append(int(told.parent.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="asks Linux what still runs")
async def test_a_kill_of_the_server_loses_nothing_and_leaves_nothing_behind(own, home):
    with _serving(own, home, "--port", "0") as serving:
        address = _address(serving)
        async with _window(address) as one, _window(address) as other:
            await other.type("2c")
            await other.until("What you say")
            await other.type("Said before the kill.\n")
            await other.until("Recorded: Comment")
            await one.type("jja")
            await one.until("Saved as you type")
            await one.type(" Typed before the kill.")
            await one.until("before the kill.+}")
            ended = [os.pidfd_open(process) for process in _living(serving.pid)]
            assert len(ended) > 2
            serving.kill()
            for process in ended:
                assert select.select([process], [], [], _WAIT)[0], "a process stayed behind"
                os.close(process)
    port = re.search(r":(\d+)/", address)[1]
    with _serving(own, home, "--port", port) as again:
        async with _window(_address(again)) as one:
            await one.until("A draft waits for you")
            await one.type("f\r")
            await one.until("Typed before the kill.")
    comments = (own / "proposals").glob("*/*/comments/*")
    assert any("Said before the kill." in path.read_text() for path in comments)


def test_a_port_that_is_taken_is_told_in_a_sentence(world, home):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        with _serving(world, home, "--port", port) as serving:
            told = serving.communicate(timeout=_WAIT)[1]
    assert serving.returncode == 3
    assert f"127.0.0.1:{port} cannot be served from: address already in use." in told
    assert "Name another with --port or --host." in told
    assert "Traceback" not in told


class Tab(Shown):
    """One tab of a headless Chromium, and what a terminal shows of what its page was sent."""

    def __init__(self, socket) -> None:
        super().__init__(80, 24)
        self.socket, self.tab = socket, {}
        self.numbers = itertools.count(1)
        self.asked, self.complaints = [], []

    async def ask(self, method, **params):
        """Sends one command and returns its result."""
        number = next(self.numbers)
        await self.socket.send_json({"id": number, "method": method, "params": params} | self.tab)
        while (heard := await self.socket.receive_json()).get("id") != number:
            self.hear(heard)
        return heard["result"]

    def hear(self, event) -> None:
        """Keeps what the page asked for, was sent, and complained of."""
        params = event.get("params", {})
        match event.get("method"):
            case "Network.requestWillBeSent":
                self.asked.append(params["request"]["url"])
            case "Network.webSocketFrameReceived" if params["response"]["opcode"] == 2:
                self.take(base64.b64decode(params["response"]["payloadData"]))
            case "Network.webSocketFrameSent":
                size = re.search(r'"width":(\d+),"height":(\d+)', params["response"]["payloadData"])
                if size:
                    self._screen.resize(int(size[2]), int(size[1]))
            case "Runtime.exceptionThrown" | "Network.loadingFailed":
                self.complaints.append(params)
            case "Log.entryAdded" if params["entry"]["level"] == "error":
                self.complaints.append(params)

    async def until(self, words):
        """Waits until the page was sent `words`; fails where it never is."""
        try:
            async with asyncio.timeout(_WAIT):
                while words not in self.frame:
                    self.hear(await self.socket.receive_json())
        except TimeoutError:
            raise AssertionError(f"{words!r} was not shown:\n{self.frame}") from None

    async def press(self, key):
        """Presses a key, wherever the page has its focus."""
        for how in ({"type": "keyDown", "text": key}, {"type": "keyUp"}):
            await self.ask("Input.dispatchKeyEvent", key=key, **how)


@pytest.mark.skipif(not _CHROMIUM, reason="Chromium is not installed")
async def test_the_app_is_read_and_driven_in_a_browser(served, tmp_path):
    address, _ = served
    browser = await asyncio.create_subprocess_exec(
        *(_CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0"),
        f"--user-data-dir={tmp_path}",
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with ClientSession() as session:
            line = b""
            while b"ws://" not in line:
                line = await browser.stderr.readline()
                assert line, "Chromium did not start."
            listening = line[line.index(b"ws://") :].decode().strip()
            rest = asyncio.create_task(browser.stderr.read())
            async with session.ws_connect(listening, max_msg_size=0) as socket:
                await _read_in(Tab(socket), address)
            browser.terminate()
            await rest
    finally:
        if browser.returncode is None:
            browser.kill()
        await browser.wait()


async def _read_in(tab: Tab, address: str) -> None:
    opened = await tab.ask("Target.createTarget", url="about:blank")
    target = opened["targetId"]
    joined = await tab.ask("Target.attachToTarget", targetId=target, flatten=True)
    tab.tab = {"sessionId": joined["sessionId"]}
    for part in ("Page", "Network", "Runtime", "Log"):
        await tab.ask(f"{part}.enable")
    await tab.ask("Page.navigate", url=address)
    await tab.until("Care teams lead")
    blank = await tab.ask("Page.captureScreenshot")
    await tab.press("2")
    await tab.until("[Diff]")
    picture = await tab.ask("Page.captureScreenshot")
    assert picture["data"] != blank["data"]
    await tab.press("c")
    await tab.until("What you say")
    place = address.partition("?")[0]
    assert not [asked for asked in tab.asked if not asked.startswith((place, "data:"))]
    assert tab.complaints == []
