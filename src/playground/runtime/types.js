/**
 * Python as `tab/start.py` offers it to its worker. Types only: nothing here runs.
 *
 * @typedef {object} PythonApi
 * @property {(files: string) => string} imported
 * @property {(names: string) => void} warm
 * @property {{callPromising: (path: string, files: string) => Promise<void>}} begin
 * @property {{callPromising: () => Promise<string>}} step
 * @property {() => boolean} spoiled
 */

export {};
