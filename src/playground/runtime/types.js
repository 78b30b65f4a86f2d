/**
 * Python as `tab/start.py` offers it to its worker. Types only: nothing here runs.
 *
 * @typedef {object} PythonApi
 * @property {(names: string) => void} add_archives
 * @property {(files: string) => string} imported
 * @property {(files: string) => void} prepare
 * @property {{callPromising: (path: string, files: string) => Promise<void>}} begin
 * @property {{callPromising: () => Promise<string>}} step
 * @property {() => boolean} spoiled
 */

export {};
