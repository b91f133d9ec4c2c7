"""The report in headless Chromium, driven through the browser's own debugging pipe: no driver, no port."""

from __future__ import annotations

import fcntl
import json
import os
import re
import select
import shutil
import subprocess
import time
import warnings
from pathlib import Path

import pytest

from policytext.errors import PolicyTextWarning
from policytext.report import report

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--disable-extensions",
)  # fmt: skip
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(BROWSER is None, reason="no browser found: install chromium, chromium-browser or google-chrome"),
]


class Page:
    """A page in a browser of its own: runs scripts in it and keeps what its console says."""

    def __init__(self, folder: Path) -> None:
        to_child, self.out = os.pipe()
        self.inp, from_child = os.pipe()

        def connect() -> None:
            first, second = (fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (to_child, from_child))
            os.dup2(first, 3)
            os.dup2(second, 4)

        options = [f"--user-data-dir={folder}", "--remote-debugging-pipe"]
        self.process = subprocess.Popen(
            [BROWSER, *FLAGS, *options, "about:blank"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            preexec_fn=connect, close_fds=False,
        )  # fmt: skip
        os.close(to_child)
        os.close(from_child)
        self.number, self.buffer, self.session, self.events = 0, b"", None, []
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.send("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.send(f"{domain}.enable")

    def read(self, limit: float) -> dict | None:
        end = time.monotonic() + limit
        while b"\0" not in self.buffer:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.inp], [], [], left)[0]:
                return None
            chunk = os.read(self.inp, 1 << 16)
            if not chunk:
                raise RuntimeError("the browser closed its pipe")
            self.buffer += chunk
        line, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(line)

    def send(self, method: str, **params) -> dict:
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.read(60)
            if answer is None:
                raise TimeoutError(f"the browser did not answer {method}")
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self.events.append(answer)

    def open(self, path: Path, *, width: int = 1280, dark: bool = False, scripts: bool = True) -> None:
        self.events.clear()
        phone = width < 600
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=844 if phone else 900,
                  deviceScaleFactor=1, mobile=phone)  # fmt: skip
        self.send("Emulation.setEmulatedMedia", media="screen",
                  features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])  # fmt: skip
        self.send("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.send("Page.navigate", url=path.as_uri())
        end = time.monotonic() + 60
        while not any(event.get("method") == "Page.loadEventFired" for event in self.events):
            event = self.read(max(end - time.monotonic(), 0))
            if event is None:
                raise TimeoutError("the page did not load")
            self.events.append(event)

    def run(self, expression: str):
        """Return the value of a script, waiting for it if it is a promise."""
        answer = self.send("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise AssertionError(answer["exceptionDetails"].get("exception", answer["exceptionDetails"]))
        return answer["result"].get("value")

    def settle(self) -> None:
        self.run("new Promise(done => setTimeout(done, 250))")

    def complaints(self) -> list[str]:
        """Return every error and warning of the console, and every request that left the file."""
        self.settle()
        found = []
        for event in self.events:
            method, params = event.get("method"), event.get("params", {})
            if method == "Runtime.exceptionThrown":
                details = params["exceptionDetails"]
                found.append(details.get("exception", {}).get("description") or details["text"])
            elif method == "Runtime.consoleAPICalled" and params["type"] in {"error", "warning", "assert"}:
                found.append(f"console.{params['type']}: {params['args']}")
            elif method == "Log.entryAdded" and params["entry"]["level"] in {"error", "warning"}:
                found.append(params["entry"]["text"])
            elif method == "Network.requestWillBeSent" and not params["request"]["url"].startswith(("file:", "data:")):
                found.append(f"request to {params['request']['url']}")
        return found

    def close(self) -> None:
        try:
            self.session = None
            self.send("Browser.close")
            self.process.wait(20)
        except (OSError, RuntimeError, TimeoutError, subprocess.TimeoutExpired):
            self.process.kill()
            self.process.wait(20)
        os.close(self.out)
        os.close(self.inp)


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    page = Page(tmp_path_factory.mktemp("browser"))
    yield page
    page.close()


def count(page: Page) -> int:
    """Return how many measures the status line says were found."""
    status = page.run("document.getElementById('measure-count').textContent")
    match = re.search(r" av ([\d\s]+) treff", status)
    return int(re.sub(r"\s", "", match[1])) if match else 0


def choose(page: Page, form: str, field: str, value: str) -> None:
    page.run(f"""(() => {{ const field = document.getElementById('{form}').elements['{field}'];
        field.value = {json.dumps(value)}; field.dispatchEvent(new Event('change', {{bubbles: true}}));
        field.dispatchEvent(new Event('input', {{bubbles: true}})); }})()""")
    page.settle()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390, 320])
def test_opens_without_a_complaint_and_never_scrolls_sideways(page, path, width, dark):
    page.open(path, width=width, dark=dark)
    assert page.complaints() == []
    assert page.run("document.documentElement.scrollWidth") <= width
    assert page.run("document.querySelectorAll('#measure-list > li').length") == 25


def test_a_thrown_error_is_noticed(page, tmp_path):
    (tmp_path / "bad.html").write_text("<!doctype html><title>x</title><script>nowhere()</script>", encoding="utf-8")
    page.open(tmp_path / "bad.html")
    assert any("nowhere" in text for text in page.complaints())


def test_without_javascript_the_tables_stand_and_the_filters_do_not(page, path):
    page.open(path, scripts=False)
    page.send("Emulation.setScriptExecutionDisabled", value=False)
    assert page.run("document.querySelectorAll('#measure-list > li').length") == 25
    assert page.run("document.querySelectorAll('#promises tbody tr').length") == 50
    assert page.run("document.getElementById('measure-filters').getClientRects().length") == 0


def test_filters_narrow_and_counts_agree(page, path, analysis):
    page.open(path)
    measures = analysis.measures
    assert count(page) == len(measures)
    choose(page, "measure-filters", "group", "Fjellfolket")
    assert count(page) == (measures["party"] == "Fjellfolket").sum()
    choose(page, "measure-filters", "strength", "soft")
    expected = measures[(measures["party"] == "Fjellfolket") & (measures["strength"] == "soft")]
    assert count(page) == len(expected)
    option = page.run("document.getElementById('measure-filters').elements.group.selectedOptions[0].textContent")
    assert option == f"Fjellfolket ({len(expected)})"
    page.run("document.querySelector('[form=measure-filters]').click()")
    page.settle()
    assert count(page) == len(measures)
    assert page.complaints() == []


def test_search_finds_words_in_any_case_and_says_when_there_are_none(page, path, analysis):
    page.open(path)
    choose(page, "measure-filters", "search", "FERGETAKSTENE 2030")
    assert count(page) == analysis.segments["text"].str.contains("fergetakstene").sum()
    choose(page, "measure-filters", "search", "romskip")
    assert page.run("document.getElementById('measure-count').textContent").startswith("Ingen treff")
    assert page.run("document.querySelectorAll('#measure-list > li').length") == 0


def test_more_shows_the_rest(page, path, analysis):
    page.open(path)
    page.run("document.getElementById('measure-more').click()")
    assert page.run("document.querySelectorAll('#measure-list > li').length") == min(125, len(analysis.measures))


def test_script_draws_measures_as_the_server_did(page, path):
    page.open(path)
    drawn = page.run(
        "[...document.querySelectorAll('#measure-list > li')].map(item => item.innerHTML.replace(/\\s+/g, ' '))"
    )
    plain = page.run("[...document.querySelectorAll('#measure-list > li')].map(item => item.innerText)")
    page.open(path, scripts=False)
    page.send("Emulation.setScriptExecutionDisabled", value=False)
    assert page.run("[...document.querySelectorAll('#measure-list > li')].map(item => item.innerText)") == plain
    assert all("<mark>" in item for item in drawn)


def test_a_share_leads_to_the_measures_behind_it(page, path, comparison):
    page.open(path)
    cell = comparison.emphasis.query("party == 'Byalliansen' and area == 'velferd'").iloc[0]
    page.run("document.querySelector('a[data-group=\"Byalliansen\"][data-area=velferd]').click()")
    page.settle()
    assert count(page) == cell["n"]


def test_promises_sort_by_amount_and_filter(page, path):
    page.open(path)
    cells = "[...document.querySelectorAll('#promises tbody tr')].map(row => row.cells[4].textContent)"
    head = "document.querySelectorAll('#promises thead th')[4]"
    page.run(f"{head}.querySelector('button').click()")
    assert page.run(f"{head}.getAttribute('aria-sort')") == "ascending"
    first = page.run(cells)
    assert first[0] == "2030"
    page.run(f"{head}.querySelector('button').click()")
    assert page.run(cells)[0] == ""
    choose(page, "promise-filters", "kind", "money")
    amounts = page.run("[...document.querySelectorAll('#promises tbody tr')].map(row => row.cells[2].innerText)")
    assert amounts
    assert all("2,5\xa0milliarder kroner" in amount for amount in amounts)


HOSTILE = (
    "Vi vil </script><script>window.pwned=1</script> bygge vei.",
    "Vi vil <img src=x onerror=window.pwned=1> bygge vei.",
    "Vi vil <!--<script> bygge \u2028 vei & «bru».",
    "Vi vil 🚢🚢 bygge <b>7*7</b> vei ${window.pwned=1}.",
    "</style></title></template></textarea><svg onload=window.pwned=1> bygge",
    "' onmouseover='window.pwned=1\" autofocus onfocus=\"window.pwned=1 bygge",
)


def test_hostile_text_stays_text(page, tmp_path, builders):
    everything = " ".join(HOSTILE)
    marked = [f"{{{text.translate(str.maketrans('', '', '{}'))}}}" for text in HOSTILE]
    sentences = [("annet", "firm", True, "other", text, None, None, None) for text in marked]
    weights = {'X" onclick="window.pwned=1': (1,) * len(HOSTILE), "<b>Y</b>": (1,), "{{ 7*7 }}": (1,)}
    problems = [(everything, everything)]
    analysis = builders.analysis(weights, sentences=sentences, heading=everything, problems=problems)
    analysis.documents["title"] = everything
    comparison = builders.comparison(analysis)
    comparison.keyness["term"] = comparison.topics["term"] = everything
    target = report(analysis, comparison, tmp_path / "r.html", title=everything)
    page.open(target)
    assert page.complaints() == []
    assert page.run("window.pwned") is None
    assert page.run("document.querySelector('h1').textContent") == everything
    marked = page.run("[...document.querySelectorAll('#measure-list mark')].map(node => node.textContent)")
    assert marked[: len(HOSTILE)] == analysis.measures["text"].tolist()[: len(HOSTILE)]
    assert page.run("document.querySelectorAll('script').length") == 2
    assert page.run("document.querySelectorAll('main b b, main img, [onclick], [onfocus], [onmouseover]').length") == 0


def test_marks_stay_in_place_after_signs_outside_the_first_plane(page, tmp_path, builders):
    marked = "🚢🚢 Vi vil {kjøpe [12] nye båter} 🚢."
    analysis = builders.analysis(
        {"Fjellfolket": (1,)}, sentences=[("annet", "firm", True, "other", marked, "count", 12.0, "target")]
    )
    page.open(report(analysis, builders.comparison(analysis), tmp_path / "r.html"))
    assert page.run("document.querySelector('#measure-list mark').textContent") == "kjøpe 12 nye båter"
    assert page.run("document.querySelector('#measure-list .number').textContent") == "12"


def test_everything_that_acts_can_be_reached_by_keyboard_and_has_a_name(page, path):
    page.open(path)
    acting = "a[href], button, input, select, summary, [tabindex='0']"
    named = "node.textContent.trim() || node.getAttribute('aria-label') || (node.labels && node.labels.length)"
    nameless = page.run(f'[...document.querySelectorAll("{acting}")].filter(node => !({named})).length')
    assert nameless == 0
    page.send("Input.dispatchKeyEvent", type="keyDown", key="Tab", code="Tab", windowsVirtualKeyCode=9)
    page.send("Input.dispatchKeyEvent", type="keyUp", key="Tab", code="Tab", windowsVirtualKeyCode=9)
    assert page.run("document.activeElement.className") == "skip"


def test_identifiers_are_unique(page, path):
    page.open(path)
    repeated = page.run("""(() => { const seen = new Set(), twice = new Set();
        document.querySelectorAll('[id]').forEach(node => seen.has(node.id) ? twice.add(node.id) : seen.add(node.id));
        return [...twice]; })()""")
    assert repeated == []


def test_prints_without_controls(page, path):
    page.open(path)
    page.send("Emulation.setEmulatedMedia", media="print")
    shown = "document.querySelector('{}').getClientRects().length"
    assert page.run(shown.format("#measure-filters")) == 0
    assert page.run(shown.format("nav.contents")) == 0
    assert page.run(shown.format("#measure-list")) > 0


def test_a_large_corpus_opens_fast(page, tmp_path, builders):
    weights = {f"Liste {number}": (100,) * 12 for number in range(7)}
    analysis = builders.analysis(weights)
    target = report(analysis, builders.comparison(analysis), tmp_path / "large.html")
    page.open(target)
    assert page.complaints() == []
    assert page.run("performance.getEntriesByType('navigation')[0].loadEventEnd") < 4000
    assert count(page) == 8400
    spent = page.run("""(() => {
        const from = performance.now(), field = document.getElementById('measure-filters').elements.area;
        field.value = 'velferd';
        field.dispatchEvent(new Event('change', {bubbles: true}));
        return performance.now() - from;
    })()""")
    assert spent < 1000


@pytest.mark.slow
def test_the_bundled_corpus_from_files_to_page(page, tmp_path):
    from policytext.analysis import analyze
    from policytext.compare import compare
    from policytext.ingest import read_corpus
    from policytext.resources import corpus_path

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PolicyTextWarning)
        analysis = analyze(read_corpus(corpus_path("distrikt")))
        comparison = compare(analysis, n_resamples=100)
    page.open(report(analysis, comparison, tmp_path / "r.html"), width=390)
    assert page.complaints() == []
    assert page.run("document.documentElement.scrollWidth") <= 390
    assert count(page) == len(analysis.measures) > 100
    choose(page, "measure-filters", "search", "ferge")
    marked = page.run("[...document.querySelectorAll('#measure-list blockquote')].map(node => node.textContent)")
    assert marked
    assert page.run("document.querySelectorAll('#measure-list > li mark').length") == len(marked)
