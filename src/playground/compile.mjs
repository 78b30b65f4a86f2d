// Byte-compiles Python inside Pyodide itself: only the Python that will run a .pyc makes it right.
// Usage: node compile.mjs FOLDER, which holds compile.py and what that works on.
import { loadPyodide } from "pyodide";

const python = await loadPyodide();
python.mountNodeFS("/build", process.argv[2]);
python.FS.chdir("/build");
await python.runPythonAsync(python.FS.readFile("compile.py", { encoding: "utf8" }));
