"""Pages as a browser shows them: what it is asked, and what it must never do."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request, expect

from betony.report import live
from betony.store import Store

_PATIENCE = 120_000
"""Milliseconds that a busy machine may take over anything."""
expect.set_options(timeout=_PATIENCE)
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


@dataclass
class Watched:
    """A page under watch."""

    page: Page
    problems: list[str] = field(default_factory=list)
    """Errors on the console, dialogs, failures, and requests that would leave the machine."""

    def console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.problems.append(f"console: {message.text}")

    def dialog(self, dialog: Dialog) -> None:
        self.problems.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def request(self, request: Request) -> None:
        if not request.url.startswith(("file:///", "http://127.0.0.1:")):
            self.problems.append(f"request: {request.url}")


@contextmanager
def watching(browser: Browser, *, width: int = 1000, scheme: Any = "light") -> Iterator[Watched]:
    """A page that must end without a problem."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=False)
    context.set_default_timeout(_PATIENCE)
    watched = Watched(context.new_page())
    watched.page.on("console", watched.console)
    watched.page.on("pageerror", lambda error: watched.problems.append(f"error: {error}"))
    watched.page.on("dialog", watched.dialog)
    watched.page.on("requestfailed", lambda request: watched.problems.append(f"failed: {request.url}"))
    context.on("request", watched.request)
    yield watched
    problems = list(watched.problems)
    context.close()
    assert not problems, "\n".join(problems)


def violations(page: Page) -> list[str]:
    """What axe-core finds on the page that is serious or worse: rule, how often, and the first place."""
    page.evaluate(AXE)  # by the browser's tools: the page's own policy lets no such script in
    found = page.evaluate("axe.run(document, {resultTypes: ['violations'], preload: false})")["violations"]
    return [
        f"{one['id']} {len(one['nodes'])} times, as in {one['nodes'][0]['html'][:200]}"
        for one in found
        if one["impact"] in ("serious", "critical")
    ]


ALIVE = """ours => [...document.querySelectorAll("*")].flatMap(one => [
    ...(ours.includes(one.localName) ? [] : [`element ${one.localName}`]),
    ...[...one.attributes].filter(each => /^on/i.test(each.name) || each.name === "style" || each.name === "srcdoc")
        .map(each => `attribute ${each.name}`),
    ...(one.href && !/^(https?|file):/.test(one.href.baseVal ?? one.href) && !/^#/.test(one.href.baseVal ?? "")
        && one.localName === "a" && !one.href.baseVal ? [`address ${one.href}`] : []),
])"""
"""Run in the page: elements, handlers and addresses that are none of ours."""

ENDS = """() => [...document.querySelectorAll(".fact > a.number, .text a.number")].filter(link => {
    const target = document.getElementById(link.hash.slice(1));
    if (!target) return true;
    const number = link.textContent.trim();
    if (link.closest(".text")) return !target.matches(".fact") || target.id !== `f${number}`;
    return !target.closest(".text") || !document.querySelector(`.text a.number[href="#f${number}"]`);
}).map(link => link.outerHTML)"""
"""Run in the page: links between facts and words that do not lead to the other, or have none that leads back."""


@contextmanager
def served(store: Path) -> Iterator[str]:
    """The address of a server of that store's pages, on this machine alone."""
    app = FastAPI()
    app.include_router(live.router(lambda: Store.open(str(store), writable=False)))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}/"
    server.should_exit = True
    thread.join()
