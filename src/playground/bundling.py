"""Bundle the playground's JavaScript with esbuild."""

import json
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
WORKERS = {
    "python": "runtime/python_worker.js",
    "javascript": "runtime/javascript_worker.js",
    "postgres": "database/postgres_worker.js",
    "valkey": "database/valkey_worker.js",
}
# Pyodide and PGlite ask for these when they run in Node.
NODE_ONLY = ["node:*", "fs", "fs/promises", "module", "path", "url", "vm", "ws", "crypto", "util"]


def esbuild(node: Path, *options: str | Path) -> None:
    """Run esbuild.

    Raises:
        OSError: it found a mistake; it has said which.
    """
    program = HERE / "node_modules" / "esbuild" / "bin" / "esbuild"
    outside = [f"--external:{name}" for name in NODE_ONLY]
    settings = ["--bundle", "--minify", "--target=es2022", "--log-level=warning"]
    settings += ["--legal-comments=none", '--define:process.env.NODE_ENV="production"']
    if subprocess.run([node, program, *options, *settings, *outside], check=False).returncode:
        raise OSError("The playground's JavaScript could not be bundled.")


def worker(node: Path, entry: str) -> bytes:
    """Return one worker's program, all in one piece.

    It is a classic script: in a frame whose origin is opaque no worker starts from a module.
    """
    with tempfile.TemporaryDirectory() as folder:
        nowhere = '--define:import.meta.url="https://pyodide.invalid/"'
        esbuild(node, HERE / entry, "--format=iife", nowhere, f"--outfile={folder}/worker.js")
        return Path(folder, "worker.js").read_bytes()


def page(node: Path, folder: Path, assets: dict[str, object]) -> set[str]:
    """Write what runs in the page itself into `folder`, and return the names of its files.

    Args:
        node: the program that runs esbuild.
        folder: where to write.
        assets: the list of assets that the page gets as `ASSETS`.
    """
    with tempfile.TemporaryDirectory(dir=folder.parent) as out:
        main = ["--splitting", "--entry-names=[name]-[hash]", "--chunk-names=[name]-[hash]"]
        main += [f"--outdir={out}", f"--define:ASSETS={json.dumps(assets)}"]
        esbuild(node, HERE / "page" / "main.js", "--format=esm", *main)
        # The loader stands alone: it is all that a page fetches before a reader wants to run.
        loader = Path(out, "loader.js")
        alone = ["--external:./main.js", f"--outfile={loader}"]
        esbuild(node, HERE / "page" / "loader.js", "--format=esm", *alone)
        (entry,) = Path(out).glob("main-*.js")
        text = loader.read_text("utf-8")
        loader.write_text(text.replace('"./main.js"', f'"./{entry.name}"'), "utf-8")
        written = list(Path(out).iterdir())
        for path in written:
            path.replace(folder / path.name)
        return {path.name for path in written}


def service_worker(node: Path, target: Path, version: str) -> None:
    """Write the service worker, which has to stand at the site's root.

    Args:
        node: the program that runs esbuild.
        target: the file to write.
        version: changes when an asset does.
    """
    entry = HERE / "page" / "service_worker.js"
    esbuild(node, entry, "--format=iife", f"--outfile={target}", f'--define:VERSION="{version}"')
