"""What a program must not reach: other hosts, its own site, what the site keeps, the page.

Whoever gets a reader to run a changed listing gets no further than the frame it runs in.
"""

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser
from tests.playground.support import Outcome, Site, Tab

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]


class Ear:
    """Hears whatever comes to a port of this computer: connections (TCP) and packets (UDP)."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.connections = socket.create_server(("127.0.0.1", 0))
        self.port = self.connections.getsockname()[1]
        self.packets = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.packets.bind(("127.0.0.1", self.port))
        for listen in (self.take_connections, self.take_packets):
            threading.Thread(target=listen, daemon=True).start()

    def take_connections(self) -> None:
        while True:
            try:
                connection, _ = self.connections.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(2)
                try:
                    self.heard.append(connection.recv(200).decode("latin-1").split("\r\n")[0])
                    connection.sendall(
                        b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n"
                        b"Access-Control-Allow-Origin: *\r\n\r\n{}"
                    )
                except OSError:
                    self.heard.append("a connection")

    def take_packets(self) -> None:
        while True:
            try:
                self.heard.append(f"{len(self.packets.recv(2000))} bytes of UDP")
            except OSError:
                return

    def close(self) -> None:
        for one in (self.connections, self.packets):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()


@pytest.fixture
def ear() -> Iterator[Ear]:
    listening = Ear()
    yield listening
    listening.close()


def test_the_ear_hears_a_page_that_may_speak(browser: Browser, ear: Ear) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.evaluate("url => fetch(url)", f"http://127.0.0.1:{ear.port}/fetch")
        page.evaluate(
            "url => new Promise((done) => (new WebSocket(url).onerror = done))",
            f"ws://127.0.0.1:{ear.port}/socket",
        )
        assert ear.heard == ["GET /fetch HTTP/1.1", "GET /socket HTTP/1.1"]
        page.evaluate(CALL_OUT, f"stun:127.0.0.1:{ear.port}")
        assert any("UDP" in one for one in ear.heard)


CALL_OUT = """
async (url) => {
  const connection = new RTCPeerConnection({ iceServers: [{ urls: url }] });
  connection.createDataChannel("x");
  await connection.setLocalDescription(await connection.createOffer());
  await new Promise((done) => setTimeout(done, 500));
}
"""
EVENT = (
    "await new Promise((done) => {"
    " one.onopen = one.onmessage = one.onerror = one.onclose = done; });"
)
WAYS_OUT = {
    "fetch": "await fetch(URL_)",
    "fetch without CORS": "await fetch(URL_, { mode: 'no-cors', keepalive: true })",
    "fetch with a body": "await fetch(URL_, { method: 'POST', body: 'secret', mode: 'no-cors' })",
    "XMLHttpRequest": "const one = new XMLHttpRequest(); one.open('GET', URL_); one.send(); "
    "await new Promise((done) => (one.onloadend = done))",
    "synchronous XMLHttpRequest": "const one = new XMLHttpRequest();"
    " one.open('GET', URL_, false); one.send()",
    "WebSocket": f"const one = new WebSocket(URL_.replace('http', 'ws')); {EVENT}",
    "WebSocketStream": "await new WebSocketStream(URL_.replace('http', 'ws')).opened",
    "EventSource": f"const one = new EventSource(URL_); {EVENT} one.close()",
    "WebTransport": "await new WebTransport(URL_.replace('http', 'https')).ready",
    "importScripts": "importScripts(URL_)",
    "import": "await import(URL_)",
    "Worker": f"const one = new Worker(URL_); {EVENT}",
    "module Worker": f"const one = new Worker(URL_, {{ type: 'module' }}); {EVENT}",
    "SharedWorker": f"const one = new SharedWorker(URL_).port; {EVENT}",
    "sendBeacon": "navigator.sendBeacon(URL_, 'secret')",
    "fetchLater": "fetchLater(URL_, { activateAfter: 0 })",
    "RTCPeerConnection": f"await ({CALL_OUT})('stun:' + new URL(URL_).host)",
    "FontFace": "await new FontFace('x', `url(${URL_})`).load()",
    "Image": "new Image().src = URL_",
    "caches": "await (await caches.open('x')).add(URL_)",
    "service worker": "await navigator.serviceWorker.register(URL_)",
    "location": "location.href = URL_",
    "open": "open(URL_)",
    "report": "throw Object.assign(new Error('x'), { sourceURL: URL_ })",
    "source map": "eval('1 //# sourceMappingURL=' + URL_)",
    "wasm": "await WebAssembly.compileStreaming(fetch(URL_))",
}
FROM_A_NESTED_WORKER = {
    "a worker's fetch": "fetch(URL_).finally(() => postMessage(1))",
    "a worker's socket": "new WebSocket(URL_.replace('http', 'ws')).onerror = () => postMessage(1)",
    "a worker's scripts": "try { importScripts(URL_) } catch {} postMessage(1)",
}


def nested(text: str) -> str:
    """Return a program that does `text` in a worker that it starts."""
    return (
        "const text = `const URL_ = ${JSON.stringify(URL_)}; " + text + "`;"
        "const blob = new Blob([text], { type: 'text/javascript' });"
        "const one = new Worker(URL.createObjectURL(blob));"
        "setTimeout(() => one.terminate(), 900);"
        "await new Promise((done) => { one.onmessage = one.onerror = done; });"
    )


ATTEMPTS = WAYS_OUT | {name: nested(text) for name, text in FROM_A_NESTED_WORKER.items()}


def every(url: str) -> str:
    """Return a function that tries every way to `url`, each for a second at most."""
    tries = ",\n".join(
        f"[{name!r}, async (URL_) => {{ {text} }}]" for name, text in ATTEMPTS.items()
    )
    return f"""
        async function attempt(say) {{
          for (const [name, way] of [{tries}]) {{
            const url = {url!r} + "/" + encodeURIComponent(name);
            const late = new Promise((done) => setTimeout(done, 1000, "no answer"));
            const way_out = Promise.resolve().then(() => way(url)).then((it) => "went through");
            await Promise.race([way_out, late]).then((it) => say(name + ": " + it),
                                                     (error) => say(name + ": " + error.name));
          }}
          say("tried all");
        }}
    """


def by_javascript(tab: Tab, program: str) -> Outcome:
    return tab.run(program + "\nawait attempt(console.log);", language="javascript")


def by_python(tab: Tab, program: str) -> Outcome:
    """Run JavaScript from within Python, in a worker that Python starts."""
    text = program + "\nattempt((line) => postMessage(line)).finally(() => postMessage('over'));"
    return tab.run(
        f"""
import asyncio, js
from pyodide.ffi import create_proxy, to_js

async def main():
    over = asyncio.Event()

    def hear(event):
        print(event.data)
        if event.data == "over":
            over.set()

    options = to_js({{"type": "text/javascript"}}, dict_converter=js.Object.fromEntries)
    worker = js.Worker.new(js.URL.createObjectURL(js.Blob.new(to_js([{text!r}]), options)))
    worker.onmessage = create_proxy(hear)
    while not over.is_set():
        await asyncio.sleep(0.02)
    worker.terminate()

asyncio.run(main())
"""
    )


By = Callable[[Tab, str], Outcome]
BY = pytest.mark.parametrize("by", [by_javascript, by_python])


@BY
def test_no_program_reaches_another_host(tab: Tab, ear: Ear, by: By) -> None:
    outcome = by(tab, every(f"http://127.0.0.1:{ear.port}"))
    assert "tried all" in outcome.done, "the attempts did not end"
    assert ear.heard == []


@BY
def test_no_program_reaches_its_own_site(tab: Tab, bare_site: Site, by: By) -> None:
    by(tab, "async function attempt() {}")  # all is loaded
    before = len(bare_site.asked)
    outcome = by(tab, every(bare_site.origin))
    assert "tried all" in outcome.done, "the attempts did not end"
    assert bare_site.asked[before:] == []


PYTHONS_OWN_WAYS = """
import asyncio, socket, urllib.request
import js
import pyodide_js
from pyodide.http import pyfetch, open_url

def say(name, way):
    try:
        print(name, type(way()).__name__)
    except BaseException as error:
        print(name, type(error).__name__)

async def wait(awaitable):
    return await asyncio.wait_for(awaitable, 1)

say("urlopen", lambda: urllib.request.urlopen(URL, timeout=1).read())
say("open_url", lambda: open_url(URL))
say("socket", lambda: socket.create_connection(("127.0.0.1", PORT), timeout=1))
say("streams", lambda: asyncio.run(wait(asyncio.open_connection("127.0.0.1", PORT))))
say("xhr", lambda: js.XMLHttpRequest.new().open("GET", URL))
say("websocket", lambda: js.WebSocket.new(URL.replace("http", "ws")))
say("import", lambda: js.importScripts(URL))
FS = pyodide_js._module.FS
say("emscripten", lambda: FS.createLazyFile("/", "x", URL, True, False))
say("lazy file", lambda: open("/x").read())
print("tried all")
"""


def test_pythons_own_network_reaches_no_other_host(tab: Tab, ear: Ear) -> None:
    url = f"http://127.0.0.1:{ear.port}/python"
    text = PYTHONS_OWN_WAYS.replace("URL", repr(url)).replace("PORT", str(ear.port))
    outcome = tab.run(text)
    assert "tried all" in outcome.printed or outcome.state == "error"
    assert "emscripten" in outcome.printed
    assert ear.heard == []


def test_micropip_and_packages_of_the_index_are_not_to_be_had(tab: Tab, ear: Ear) -> None:
    text = f"""
        import asyncio, pyodide_js
        wheel = "http://127.0.0.1:{ear.port}/x.whl"

        async def main():
            try:
                await asyncio.wait_for(pyodide_js.loadPackage(wheel), 1)
            except BaseException as error:
                print(type(error).__name__)
        asyncio.run(main())
    """
    assert tab.run(text, seconds=10).state in {"done", "error"}
    assert ear.heard == []


KEPT = """
async () => {
  localStorage.setItem("secret", "secret");
  sessionStorage.setItem("secret", "secret");
  document.cookie = "secret=secret";
  await (await caches.open("secret")).put("/secret", new Response("secret"));
  const folder = await navigator.storage.getDirectory();
  await folder.getFileHandle("secret", { create: true });
  await new Promise((done, failed) => {
    const opening = indexedDB.open("secret");
    opening.onupgradeneeded = () => opening.result.createObjectStore("secret");
    opening.onsuccess = () => (opening.result.close(), done());
    opening.onerror = failed;
  });
}
"""
TAKES = {
    "localStorage": "localStorage.getItem('secret')",
    "sessionStorage": "sessionStorage.getItem('secret')",
    "cookies": "(await cookieStore.get('secret'))?.value ?? document.cookie",
    "cache names": "await caches.keys()",
    "caches": "await (await caches.match('/secret')).text()",
    "databases": "(await indexedDB.databases()).map(({ name }) => name)",
    "database": "await new Promise((done, failed) => { const one = indexedDB.open('secret');"
    " one.onerror = failed; one.onsuccess = () => done([...one.result.objectStoreNames]); })",
    "files": "await (async () => { const all = [];"
    " const folder = await navigator.storage.getDirectory();"
    " for await (const [name] of folder.entries()) all.push(name); return all; })()",
    "locks": "(await navigator.locks.query()).held.map(({ name }) => name)",
    "address": "[location.href, self.origin, document.referrer].join()",
    "parent": "parent.document.title",
    "top": "top.location.href",
    "opener": "self.opener.document.title",
    "frames": "self.frameElement.ownerDocument.title",
}


def taking() -> str:
    tries = ",".join(f"[{name!r}, async () => {text}]" for name, text in TAKES.items())
    return f"""
        async function attempt(say) {{
          for (const [name, take] of [{tries}]) {{
            await take().then((it) => say(name + " gave " + JSON.stringify(it)),
                              (error) => say(name + " refused " + error.name));
          }}
          say("tried all");
        }}
    """


@BY
def test_no_program_reads_what_the_site_keeps(tab: Tab, bare_site: Site, by: By) -> None:
    tab.page.evaluate(KEPT)
    tab.page.evaluate(
        "new Promise((held) => void navigator.locks.request('secret', { mode: 'shared' },"
        " () => { held(); return new Promise(() => {}); }))"
    )
    outcome = by(tab, taking())
    assert "tried all" in outcome.done
    told = [line for line in outcome.lines if " gave " in line]
    assert not [line for line in told if "secret" in line], told
    assert bare_site.origin not in outcome.printed
    assert tab.page.evaluate("localStorage.getItem('secret')") == "secret"


CALLS = """
async function attempt(say) {
  for (const name of ["playground", "x"]) {
    try {
      new BroadcastChannel(name).postMessage("from the program");
    } catch (error) {
      say(error.name);
    }
  }
  const forged = [{ type: "done" }, { type: "failed", name: "python", message: "forged" }];
  for (const message of forged) {
    try { postMessage(message); } catch (error) { say(error.name); }
    try { parent.postMessage(message, "*"); } catch (error) { say(error.name); }
  }
  await new Promise((done) => setTimeout(done, 200));
  say("still running");
}
"""


@BY
def test_no_program_speaks_to_the_page_past_its_port(tab: Tab, by: By) -> None:
    tab.page.evaluate(
        "heard = []; for (const name of ['playground', 'x'])"
        " new BroadcastChannel(name).onmessage = ({ data }) => heard.push(data);"
        " addEventListener('message', ({ data }) => data.type === 'ready' || heard.push(data));"
    )
    outcome = by(tab, CALLS)
    assert "still running" in outcome.done
    assert tab.page.evaluate("heard") == []


# A program can get hold of the very port through which it prints: by exchanging the method that
# the worker calls on it. What it says there is a lie about itself, and must be no more than that.
SEIZES = """
const send = MessagePort.prototype.postMessage;
const ports = new Set();
MessagePort.prototype.postMessage = function (...all) {
  ports.add(this);
  return send.apply(this, all);
};
"""
FORGED = [
    "{ type: 'output', stream: 'stdout', text: '<img src=x onerror=alert(1)>' }",
    "{ type: 'output', stream: '__proto__', text: 'x' }",
    "{ type: 'service', name: '__proto__' }",
    "{ type: 'service', name: 'constructor' }",
    "{ type: 'imported', wanted: ['__proto__', 'constructor', 'toString'] }",
    "{ type: 'imported', wanted: [] }",
    "{ type: 'booted' }",
    "{ type: 'ready' }",
    "{ type: '__proto__' }",
    "'text'",
]
ENDS = [
    "{ type: 'done', error: null }",
    "{ type: 'failed', message: 'forged' }",
    "{ type: 'done', error: { type: 1, message: null, trace: 'x', text: {} } }",
]


def forged_by_javascript(tab: Tab, message: str) -> Outcome:
    program = (
        SEIZES
        + "async function attempt(say) { console.log('x'); say('x');"
        + "await new Promise((done) => setTimeout(done, 50));"
        + f"for (const port of ports) send.call(port, {message});"
        + "MessagePort.prototype.postMessage = send; }"
    )
    return by_javascript(tab, program)


def forged_by_python(tab: Tab, message: str) -> Outcome:
    return tab.run(
        f"""
import asyncio, js
from pyodide.code import run_js
from pyodide.ffi import create_proxy, to_js
from pyodide_js import _module

ports, send = [], js.MessagePort.prototype.postMessage
python = asyncio.events._event_loop_policy._loop_factory.__self__

def seize(this, message, *rest):
    ports.append(this)

js.MessagePort.prototype.postMessage = create_proxy(seize, capture_this=True)
try:
    python.worker.bridge.post("valkey", to_js({{}}, dict_converter=js.Object.fromEntries))
finally:
    js.MessagePort.prototype.postMessage = send
print("x")
for port in ports:
    port.postMessage(js.JSON.parse({json_of(message)!r}))
asyncio.run(asyncio.sleep(0.05))
"""
    )


def json_of(literal: str) -> str:
    """Return a JavaScript literal of the list above as JSON."""
    return re.sub(r"(\w+):", r'"\1":', literal).replace("'", '"').replace("<img", "<img")


@pytest.mark.parametrize("forged_by", [forged_by_javascript, forged_by_python])
@pytest.mark.parametrize("message", [*FORGED, *ENDS])
def test_a_forged_message_harms_nothing_but_its_own_run(
    tab: Tab, forged_by: Callable[[Tab, str], Outcome], message: str
) -> None:
    problems: list[str] = []
    tab.page.on("pageerror", lambda error: problems.append(str(error)))
    outcome = forged_by(tab, message)
    assert outcome.state in {"done", "error", "rejected"}
    assert "Traceback" not in outcome.printed + str(outcome.error), outcome
    tab.stop()
    assert tab.page.title() == "ready"
    assert tab.run("print('next')", seconds=20).done == "next\n"
    assert tab.run("console.log('next')", language="javascript", seconds=20).done == "next\n"
    tab.page.evaluate("new Promise((done) => setTimeout(done, 50))")
    assert problems == []


def test_nonsense_to_the_servers_harms_nothing_but_its_own_run(tab: Tab) -> None:
    text = """
        import js
        from pyodide.ffi import to_js
        import asyncio
        python = asyncio.events._event_loop_policy._loop_factory.__self__
        nonsense = [
            None, 1, "x", {"connection": "x", "data": "y"}, {"connection": 1, "data": 5},
            {"connection": 7, "open": True}, {"connection": 7, "data": b"\\xff" * 100},
        ]
        for name in ("postgres", "valkey"):
            for message in nonsense:
                sent = to_js(message, dict_converter=js.Object.fromEntries)
                try:
                    python.worker.bridge.post(name, sent)
                except BaseException as error:
                    print(type(error).__name__)
        print("sent")
    """
    assert "sent" in tab.run(text, "asyncpg", "redis", "postgresql", "valkey").printed
    query = """
        import asyncio, asyncpg
        import redis.asyncio as redis
        async def main():
            connection = await asyncpg.connect("postgresql://postgres@localhost/postgres")
            print(await connection.fetchval("SELECT 42"))
            async with redis.from_url("redis://localhost") as client:
                print(await client.ping())
        asyncio.run(main())
    """
    assert (
        tab.run(query, "asyncpg", "redis", "postgresql", "valkey", seconds=30).done == "42\nTrue\n"
    )


def test_the_frame_has_no_origin_and_may_do_nothing_but_run_scripts(tab: Tab) -> None:
    tab.run("pass")
    assert tab.page.locator("iframe").get_attribute("sandbox") == "allow-scripts"
    (frame,) = tab.page.main_frame.child_frames
    assert frame.evaluate("self.origin") == "null"
    with pytest.raises(Exception, match=r"Blocked|SecurityError|cross-origin"):
        frame.evaluate("parent.document.title")


def test_the_frame_listens_to_its_parent_alone(tab: Tab) -> None:
    tab.run("pass")
    tab.page.evaluate(
        "new Promise((done) => { const one = document.createElement('iframe'); one.name = 'other';"
        " one.onload = done; one.srcdoc = '<p>'; document.body.append(one); })"
    )
    other = next(one for one in tab.page.frames if one.name == "other")
    other.evaluate("parent.frames[0].postMessage({ type: 'end', name: 'python' }, '*')")
    assert tab.run("print('there')", seconds=10).done == "there\n"
