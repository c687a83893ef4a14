"""Shows the app in a browser, through textual-serve, to whoever holds the address.

Each window runs an app of its own, which acts as this clone's member. So the address carries a
secret, as Jupyter's does, which a cookie takes over at once; a page from elsewhere is refused by
its Origin, a name that somebody else's server points here by its Host, and nothing is loaded
from another place.
"""

import hmac
import logging
import secrets
import shlex
import socket
import sys
from collections.abc import Awaitable, Callable
from html import escape
from ipaddress import ip_address
from pathlib import Path
from string import Template

from aiohttp import web
from textual_serve.server import Server

from manifesto_tui.governance.problem import BadInput, Unavailable
from manifesto_tui.prose import reveal

_PAGE = Path(__file__).parent / "styles" / "browser.html"
_POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; "
    "font-src 'self'; img-src data:; connect-src 'self' ws://{host}; frame-ancestors 'none'; "
    "base-uri 'none'; form-action 'none'"
)
_SECONDS_TO_END = 5.0
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def serve(
    directory: Path, host: str, port: int, say: Callable[[str], None], title: str = ""
) -> None:
    """Serves the app on `directory` until it is ended; `say` is told the address.

    `title` is what the manifesto is called, to be told from other windows of the browser. A port
    of 0 takes any that is free. Raises BadInput "port" and Unavailable "port-taken".
    """
    if not 0 <= port <= 65535:
        raise BadInput("port", f"{port} is no port.", "Name one from 1024 to 65535.")
    kind = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=kind)
    except OSError as problem:
        raise Unavailable(
            "port-taken",
            f"{host}:{port} cannot be served from: {_why(problem)}.",
            "Name another with --port or --host.",
        ) from None
    with listening:
        served = _Served(directory, host, listening.getsockname()[1], title)
        say(f"{served.public_url}/?key={served.key}")
        served.serve_on(listening)


def stays_here(host: str) -> bool:
    """Tells whether a host name means this machine alone."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class _Served(Server):
    """Lets in only who has the key, from this address; says and fetches nothing more."""

    def __init__(self, directory: Path, host: str, port: int, title: str) -> None:
        # Safe path: a folder of the record named like a module is never imported.
        words = [sys.executable, "-P", "-m", "manifesto_tui", "-C", str(directory.absolute())]
        named = socket.gethostname() if host in ("0.0.0.0", "::", "") else host
        self.address = f"[{named}]:{port}" if ":" in named else f"{named}:{port}"
        super().__init__(
            shlex.join(words), host=host, port=port, public_url=f"http://{self.address}"
        )
        self.key = secrets.token_urlsafe(24)
        self.cookie = f"manifesto-tui-{port}"
        self.named = " · ".join(filter(None, (reveal(title), "manifesto-tui")))
        self.page = Template(_PAGE.read_text(encoding="utf-8"))

    def serve_on(self, listening: socket.socket) -> None:
        """Serves until ctrl+c or SIGTERM; every app is then asked to end, and keeps its draft."""
        # An app that ends a moment after the server is no news to the reader.
        logging.getLogger("asyncio").setLevel(logging.ERROR)
        web.run_app(
            self._make_app(),
            sock=listening,
            print=None,
            access_log=None,
            shutdown_timeout=_SECONDS_TO_END,
        )

    async def on_startup(self, app: web.Application) -> None:
        """Says nothing more: the address was told."""

    async def handle_index(self, request: web.Request) -> web.Response:
        """Returns the page that holds the terminal."""
        nonce = secrets.token_urlsafe(16)
        page = self.filled(nonce, request.host)
        policy = _POLICY.format(nonce=nonce, host=request.host)
        headers = {"Content-Security-Policy": policy, "Cache-Control": "no-store"}
        return web.Response(text=page, content_type="text/html", headers=headers)

    def filled(self, nonce: str, host: str) -> str:
        """Returns the page for a host, with what it may run marked."""
        named = escape(self.named)
        return self.page.substitute(nonce=nonce, host=escape(host), title=named)

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(self._let_in)
        app.on_response_prepare.append(_quietly)
        return app

    @web.middleware
    async def _let_in(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        here = not stays_here(self.host) or request.host == self.address
        if not here or request.headers.get("Origin", f"http://{request.host}") != (
            f"http://{request.host}"
        ):
            raise web.HTTPForbidden(text=f"This is served at {self.public_url} only.\n")
        if self._is_key(request.query.get("key", "")):
            # The address bar, the history and a picture of the window then hold no secret.
            welcome = web.HTTPSeeOther("/")
            welcome.set_cookie(self.cookie, self.key, httponly=True, samesite="Strict")
            raise welcome
        if not self._is_key(request.cookies.get(self.cookie, "")):
            raise web.HTTPForbidden(text="Open the whole address that the program printed.\n")
        return await handler(request)

    def _is_key(self, given: str) -> bool:
        return hmac.compare_digest(given.encode("utf-8", "replace"), self.key.encode())


async def _quietly(_request: web.Request, response: web.StreamResponse) -> None:
    """Lets no browser guess a type, or tell another place where it was."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Content-Type-Options"] = "nosniff"


def _why(problem: OSError) -> str:
    """Returns the system's reason, without the address that Python adds to it."""
    return (problem.strerror or str(problem)).partition(" (")[0].lower()
