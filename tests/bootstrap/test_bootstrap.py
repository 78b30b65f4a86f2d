"""The first minute of a newcomer: whatever is wrong, one sentence says what to do."""

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import bootstrap

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]


@pytest.fixture
def project(root: Path, tmp_path: Path) -> Path:
    """The bootstrap script with a lock of two packages: uv and one that it installs."""
    (tmp_path / "src").mkdir()
    shutil.copy(root / "src" / "bootstrap.py", tmp_path / "src")
    locked = (root / "requirements.lock").read_text("utf-8")
    wanted = re.findall(r"(?m)^(?:uv|idna)==(?:.|\n)+?(?=^\S|\Z)", locked)
    assert len(wanted) == 2
    (tmp_path / "requirements.lock").write_text("".join(wanted), "utf-8")
    return tmp_path


def run(
    project: Path,
    *options: str,
    program: tuple[str, ...] = (),
    variables: dict[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run the script as `make` does, without a virtual environment around it."""
    outside = os.environ.keys() - {"VIRTUAL_ENV", "PYTHONPATH"}
    environment = {name: os.environ[name] for name in outside} | (variables or {})
    return subprocess.run(
        [*(program or (base_python(),)), str(project / "src" / "bootstrap.py"), *options],
        env=environment,
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )


def base_python() -> str:
    """The Python that this virtual environment was made from."""
    return str(Path(sys.base_prefix) / "bin" / "python3")


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    """What a failed run says at its end; never a traceback."""
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr.strip().splitlines()[-1]


def test_it_makes_an_environment_and_changes_it_only_with_the_lock(project: Path) -> None:
    first = run(project)
    assert first.returncode == 0, first.stderr
    assert "[1/3]" in first.stdout
    assert "[3/3]" in first.stdout
    python = project / ".venv" / "bin" / "python"
    code = "import idna, sys; print(sys.path[-1])"
    seen = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True)
    assert seen.stdout.strip() == str(project / "src")
    assert run(project).stdout == ""
    lock = project / "requirements.lock"
    lock.write_text(lock.read_text("utf-8") + "# changed\n", "utf-8")
    after_a_change = run(project)
    assert after_a_change.returncode == 0
    assert "[1/3]" not in after_a_change.stdout
    assert "[3/3]" in after_a_change.stdout


def test_an_interrupted_run_is_repaired_by_the_next(project: Path) -> None:
    half_made = project / ".venv" / "bin"
    half_made.mkdir(parents=True)
    (half_made / "python").symlink_to(base_python())
    (project / ".venv" / "leftover").touch()
    done = run(project)
    assert done.returncode == 0, done.stderr
    assert not (project / ".venv" / "leftover").exists()


def test_a_package_with_another_hash_is_refused(project: Path) -> None:
    lock = project / "requirements.lock"
    text = lock.read_text("utf-8")
    before_uv, uv = text.split("uv==")
    lock.write_text(re.sub(r"sha256:\w{8}", "sha256:00000000", before_uv) + "uv==" + uv, "utf-8")
    assert "is not the one in requirements.lock" in last_line(run(project))
    assert not (project / ".venv" / ".ready").exists()


def test_no_network(project: Path) -> None:
    nowhere = "http://127.0.0.1:9/simple"
    variables = {
        "HOME": str(project),
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_FIND_LINKS": "",
        "PIP_INDEX_URL": nowhere,
        "PIP_NO_CACHE_DIR": "1",
    }
    said = last_line(run(project, variables=variables))
    assert said.startswith("The packages could not be downloaded. Check the network")


def test_a_python_that_is_too_old(project: Path) -> None:
    pretend = "import sys, runpy; sys.version_info = (3, 9, 1, 'final', 0); sys.argv = sys.argv[1:]"
    program = (base_python(), "-c", f"{pretend}; runpy.run_path(sys.argv[0], run_name='__main__')")
    said = last_line(run(project, program=program, variables={"PATH": ""}))
    assert said.startswith("Python 3.9.1 is too old: this project needs 3.11.5 or newer.")


def test_a_newer_python_on_path_is_used(project: Path) -> None:
    programs = project / "programs"
    programs.mkdir()
    (programs / "python3.12").symlink_to(base_python())
    pretend = "import sys, runpy; sys.version_info = (3, 9, 1, 'final', 0); sys.argv = sys.argv[1:]"
    program = (base_python(), "-c", f"{pretend}; runpy.run_path(sys.argv[0], run_name='__main__')")
    path = os.pathsep.join([str(programs), os.environ["PATH"]])
    assert run(project, "--help", program=program, variables={"PATH": path}).returncode == 0


def test_a_port_that_is_taken(project: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = last_line(run(project, "--port", str(port)))
    assert said.startswith(f"Port {port} is taken.")
    assert said.endswith(f"make serve PORT={port + 1}")


@pytest.mark.parametrize("port", ["80000", "0", "abc", ""])
def test_what_is_no_port(project: Path, port: str) -> None:
    said = last_line(run(project, "--port", port))
    assert said == f"PORT must be a number from 1 to 65535, not {port!r}."


def test_a_folder_that_cannot_be_written_to(project: Path) -> None:
    project.chmod(0o555)
    # root may write anywhere, unless it gives up its privileges
    weak = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
    said = last_line(run(project, program=(*weak, base_python())))
    project.chmod(0o755)
    assert said == f"{project} cannot be written to. Clone the project into a folder of yours."


def test_a_full_disk(capsys: pytest.CaptureFixture[str]) -> None:
    write = "open('/dev/full', 'w').write('x' * 10**6)"
    with pytest.raises(bootstrap.CannotPrepare, match=r"^The disk is full\. Free about"):
        bootstrap.run([sys.executable, "-c", write])
    assert capsys.readouterr().out == ""
