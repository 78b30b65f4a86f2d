"""Make `.venv` ready: every make target runs this first.

It uses the standard library alone and runs on any Python 3, so that it can say when that
Python is too old. Whatever goes wrong ends in one sentence that says what to do. A file in
`.venv` is written last; a run that was interrupted leaves none, and the next one starts over.
"""

import argparse
import errno
import fcntl
import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
READY = VENV / ".ready"
OLDEST = (3, 11, 5)
SPACE_NEEDED = 1_500_000_000  # bytes: the environment and the package cache beside it
FULL = "The disk is full. Free about 1.5 GB, then run make again: it starts over."
UNWRITABLE = f"{ROOT} cannot be written to. Clone the project into a folder of yours."
ADVICE = [  # what an installer prints when it fails, and what to do about it
    ("No space left|Disk quota", FULL),
    ("Permission denied|Read-only file system", UNWRITABLE),
    (
        "ensurepip is not",
        "This Python cannot make virtual environments. Install its venv module"
        " (on Debian and Ubuntu: apt install python3-venv), then run make again.",
    ),
    (
        "Hash mismatch|DO NOT MATCH THE HASHES",
        "A downloaded package is not the one in requirements.lock, so it was refused."
        " Run make again; if it happens twice, ask the maintainers.",
    ),
    (
        "No solution found|not found in the package registry",
        "Your package index lacks a locked version: check PIP_INDEX_URL and UV_DEFAULT_INDEX.",
    ),
    ("Refusing to create a venv", "Move the project to a folder without a colon in its path."),
    (
        "dns error|resolve|[Cc]onnect|timed out|[Nn]etwork|error sending request|No matching",
        "The packages could not be downloaded. Check the network (or the proxy), then run make"
        " again: what has arrived is kept.",
    ),
]


class CannotPrepare(Exception):
    """The environment cannot be made; the message tells the person what to do."""


def main() -> None:
    """Parse the arguments, prepare, and turn a failure into one sentence."""
    parser = argparse.ArgumentParser(description="Make .venv ready for the other make targets.")
    parser.add_argument("--port", help="also check that this TCP port is free")
    arguments = parser.parse_args()
    use_a_newer_python()
    try:
        if arguments.port is not None:
            check_port(arguments.port)
        prepare()
    except CannotPrepare as problem:
        sys.exit(f"\n{problem}")
    except OSError as problem:
        sys.exit(f"\n{explain(problem)}")
    except KeyboardInterrupt:
        sys.exit("\nStopped. The next make starts over where it has to.")


def use_a_newer_python() -> None:
    """Go on under the newest supported Python on PATH if this one is too old."""
    if sys.version_info >= OLDEST:
        return
    for minor in range(19, 10, -1):
        newer = shutil.which(f"python3.{minor}")
        test = f"import sys; sys.exit(sys.version_info < {OLDEST})"
        if newer and subprocess.call([newer, "-c", test], stderr=subprocess.DEVNULL) == 0:
            os.execv(newer, [newer, *sys.argv])
    found = ".".join(map(str, sys.version_info[:3]))
    sys.exit(
        "Python %s is too old: this project needs 3.11.5 or newer."
        " Install one, or name it: make PYTHON=/path/to/python3.12 …" % found
    )


def prepare() -> None:
    """Make the environment unless the one that is there was made from the same lock."""
    wanted = fingerprint()
    folder = os.open(str(ROOT), os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)  # two makes at once: the second waits
    if (VENV / "bin" / "python").exists() and READY.exists() and READY.read_text() == wanted:
        return
    if shutil.disk_usage(str(ROOT)).free < SPACE_NEEDED:
        raise OSError(errno.ENOSPC, "too little space")
    if not READY.exists() or READY.read_text().split()[1:] != wanted.split()[1:]:
        step(1, f"making .venv with Python {sys.version.split()[0]}")
        shutil.rmtree(str(VENV), ignore_errors=True)
        run([sys.executable, "-m", "venv", str(VENV)])
    READY.unlink(missing_ok=True)
    step(2, "installing uv, the package installer")
    install_uv()
    step(3, "installing the packages of requirements.lock (the first time about 270 MB)")
    run(
        [str(VENV / "bin" / "uv"), "pip", "sync", "--require-hashes", str(LOCK)],
        env=dict(os.environ, VIRTUAL_ENV=str(VENV)),
        show="Downloading|Downloaded|Prepared|Installed",
    )
    next(VENV.glob("lib/python3*/site-packages")).joinpath("project.pth").write_text(
        f"{ROOT / 'src'}\n"
    )
    READY.write_text(wanted)


def fingerprint() -> str:
    """Describe what the environment is made from: the lock, this Python, this folder."""
    version = sys.version.split()[0]
    lock = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    return f"{lock} {version} {str(ROOT).replace(' ', '%20')}"


def install_uv() -> None:
    """Install the locked uv with pip, hashes checked: everything else is uv's to install."""
    locked = re.search(r"^uv==(?:.|\n)+?(?=^\S|\Z)", LOCK.read_text(), re.MULTILINE)
    if locked is None:
        raise CannotPrepare(
            "requirements.lock does not name uv: run git restore requirements.lock."
        )
    only_uv = VENV / "uv.lock.txt"
    only_uv.write_text(locked.group().split("    # via")[0])
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    pip += ["--disable-pip-version-check", "--retries", "1", "--no-deps", "--require-hashes"]
    run([*pip, "-r", str(only_uv)])


def step(number: int, what: str) -> None:
    """Tell the person what takes its time now, and how many steps there are."""
    print(f"[{number}/3] {what}", flush=True)


def run(
    command: "list[str]", env: "dict[str, str] | None" = None, show: "str | None" = None
) -> None:
    """Run an installer, showing the lines that match `show`, and explain its failure.

    Raises:
        CannotPrepare: the installer failed.
    """
    lines = []
    with subprocess.Popen(
        command, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True
    ) as process:
        for line in process.stdout or ():
            lines.append(line.rstrip())
            if show and re.search(show, line):
                print(f"      {line.strip()}", flush=True)
    if process.returncode:
        output = "\n".join(lines)
        for pattern, advice in ADVICE:
            if re.search(pattern, output):
                raise CannotPrepare(advice)
        raise CannotPrepare("{} failed:\n{}".format(Path(command[0]).name, "\n".join(lines[-8:])))


def check_port(wanted: str) -> None:
    """Refuse a port that another program listens on.

    Raises:
        CannotPrepare: the port is taken, or `wanted` is no port.
    """
    if not wanted.isdigit() or not 1 <= int(wanted) <= 65535:
        raise CannotPrepare(f"PORT must be a number from 1 to 65535, not {wanted!r}.")
    port = int(wanted)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise CannotPrepare(
                f"Port {port} is taken. Stop the program that uses it, or choose another:"
                f" make serve PORT={port + 1}"
            ) from None


def explain(problem: OSError) -> str:
    """Say in one sentence what an operating-system error asks the person to do."""
    if problem.errno == errno.ENOSPC:
        return FULL
    if problem.errno in (errno.EACCES, errno.EROFS, errno.EPERM):
        return UNWRITABLE
    return f"{problem.filename}: {problem.strerror}"


if __name__ == "__main__":
    main()
