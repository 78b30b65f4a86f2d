/** Compiled extensions: Python's memory refers to them, so they have to be there before it. */

/**
 * @param {(settings: any) => Promise<any>} create  Emscripten's, which makes Pyodide's module
 * @param {string[]} dynamicLibraries  their paths; where each lies in memory depends on the order
 * @param {(path: string) => string} [locateFile]  where to fetch one
 * @returns {(settings: any) => Promise<any>} the same, with the libraries
 */
export function withLibraries(create, dynamicLibraries, locateFile = (path) => path) {
  return (settings) => create(Object.assign(settings, { dynamicLibraries, locateFile }));
}

/** Compiles them all at once, where Emscripten would fetch and compile one after the other. */
export class Libraries {
  /** @param {Map<string, Uint8Array>} files  by their paths: those that are libraries are taken out */
  constructor(files) {
    /** @type {Map<string, ArrayBuffer>} */
    this.buffers = new Map();
    /** @type {Map<ArrayBuffer, Promise<WebAssembly.Module>>} */
    this.compiled = new Map();
    for (const [path, data] of files) {
      if (!path.endsWith(".so")) continue;
      const { buffer } = new Uint8Array(data);
      this.buffers.set(path, buffer);
      this.compiled.set(buffer, WebAssembly.compile(buffer));
      files.delete(path);
    }
    const instantiate = /** @type {any} */ (WebAssembly.instantiate);
    WebAssembly.instantiate = /** @type {any} */ (
      async (/** @type {any} */ source, /** @type {any} */ imports) => {
        const module = await this.compiled.get(source.buffer);
        if (!module) return instantiate(source, imports);
        return { module, instance: await instantiate(module, imports) };
      }
    );
    this.end = () => void (WebAssembly.instantiate = instantiate);
  }

  get names() {
    return [...this.buffers.keys()];
  }

  /** @param {string} path @returns {ArrayBuffer} the library; of any other path, nothing */
  get(path) {
    return this.buffers.get(path) ?? new ArrayBuffer(0);
  }
}
