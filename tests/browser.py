"""A headless Chromium, spoken to over WebDriver with the standard library alone; and axe-core, where a package carries it."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.serving import free_port


def missing() -> str:
    """What these tests lack on this machine; empty when nothing."""
    if not shutil.which("chromium") and not shutil.which("google-chrome"):
        return "no Chromium is installed (apt install chromium chromium-driver)"
    if not shutil.which("chromedriver"):
        return "no chromedriver is installed (apt install chromium-driver)"
    return "" if axe_file() else "no package carries axe-core (pip install axe-core-python)"


def axe_file() -> Path | None:
    """The axe-core script of an installed package."""
    spec = importlib.util.find_spec("axe_core_python")
    path = Path(spec.origin).parent / "axe.min.js" if spec and spec.origin else None
    return path if path and path.is_file() else None


class Browser:
    """One page at a time."""

    def __init__(self, base: str, session: str) -> None:
        self._at = f"{base}/session/{session}"

    def ask(self, way: str, **body: Any) -> Any:
        return _post(f"{self._at}/{way}", body)

    def open(self, address: str, *, width: int, dark: bool) -> None:
        """Show a page, so wide, by day or by night."""
        media = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.cdp("Emulation.setEmulatedMedia", features=media)
        self.cdp("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        self.ask("url", url=address)

    def cdp(self, command: str, **given: Any) -> Any:
        return self.ask("goog/cdp/execute", cmd=command, params=given)

    def run(self, script: str) -> Any:
        return self.ask("execute/sync", script=script, args=[])

    def violations(self) -> list[str]:
        """What axe-core finds on the page. It is injected past the page's own policy, which forbids all scripts."""
        file = axe_file()
        assert file is not None
        world = self.cdp("Page.createIsolatedWorld", frameId=self.cdp("Page.getFrameTree")["frameTree"]["frame"]["id"])
        context = world["executionContextId"]
        self.cdp("Runtime.evaluate", expression=file.read_text("utf-8"), contextId=context)
        told = self.cdp(
            "Runtime.evaluate",
            expression="axe.run().then(r=>JSON.stringify(r.violations.map(v=>v.id+': '+v.nodes.map(n=>n.html).slice(0,3).join(' | '))))",
            contextId=context,
            awaitPromise=True,
        )
        return list(json.loads(told["result"]["value"]))


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser that ends with the block."""
    port = free_port()
    driver = subprocess.Popen(["chromedriver", f"--port={port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}"
    try:
        for _ in range(100):
            try:
                urllib.request.urlopen(f"{base}/status", timeout=5).close()  # noqa: S310
                break
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        args = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]
        wanted = {"capabilities": {"alwaysMatch": {"goog:chromeOptions": {"args": args}}}}
        found = _post(f"{base}/session", wanted)
        yield Browser(base, found["sessionId"])
        end = urllib.request.Request(f"{base}/session/{found['sessionId']}", method="DELETE")  # noqa: S310
        urllib.request.urlopen(end, timeout=30).close()  # noqa: S310
    finally:
        driver.terminate()
        driver.wait(20)


def _post(address: str, body: Any) -> Any:
    data = json.dumps(body).encode()
    request = urllib.request.Request(address, data, {"Content-Type": "application/json"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
        return json.load(answer)["value"]
