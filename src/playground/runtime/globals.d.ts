/** The list of all assets: the build puts it in (src/playground/building.py). */
declare const ASSETS: import("./python.js").PythonAssets &
  import("./services.js").ServiceAssets & { frame: import("./files.js").Asset };
