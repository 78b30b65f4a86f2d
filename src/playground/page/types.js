/**
 * What travels between the page's modules. Types only: nothing here runs.
 *
 * @typedef {object} ListingData  what the page carries about a module (src/listings/embedded.py)
 * @property {string} module  its dotted name
 * @property {"python" | "sql" | "javascript" | "typescript"} language
 * @property {string[]} needs  packages and servers
 * @property {string} path  the module's file, a key of `files`
 * @property {Record<string, string>} files  text by path, of the module and all of ours it reads
 * @property {{from: string, paths: string[]}} [imports]  those that are still to be fetched
 * @property {Record<string, [number, number][]>} sections  first and last line, from 1
 * @property {[number, string][] | null} record  seconds and line, as CI saw them
 * @property {Record<string, string> | null} verified  version by name
 *
 * @typedef {object} Edit  a reader's text
 * @property {boolean} whole  whether it is the whole module or only the section shown
 * @property {string} text
 *
 * @typedef {object} ProgramToRun
 * @property {string} language
 * @property {string} path
 * @property {Record<string, string>} files
 * @property {string[]} needs
 * @property {boolean} keep  start with the tables and keys that are there
 *
 * @typedef {{stream: "stdout" | "stderr", text: string}} Chunk
 *
 * @typedef {object} ListeningTo
 * @property {(chunk: Chunk) => void} output
 * @property {() => void} [waiting]
 *
 * @typedef {object} Mistake  an error that ended a program
 * @property {string} type
 * @property {string} message
 * @property {{path: string, line: number, name?: string, text?: string}[]} trace  outermost first
 * @property {string} text  as Python prints it
 *
 * @typedef {object} Outcome
 * @property {"done" | "error" | "stopped"} state
 * @property {Mistake} [error]
 *
 * @typedef {object} Progress
 * @property {"download" | "python" | "postgresql" | "valkey" | "packages" | "ready"} phase
 * @property {number} [loaded]  bytes
 * @property {number} [total]  bytes
 * @property {string} [text]
 *
 * @typedef {object} Runtime  what runs programs: one a page, made by runtime/runtime.js
 * @property {(progress: Progress) => void} onprogress
 * @property {(program: ProgramToRun) => unknown} prepare
 * @property {(program: ProgramToRun, on: ListeningTo) => Promise<Outcome>} run
 * @property {() => unknown} stop
 * @property {() => unknown} cancel
 * @property {() => Promise<unknown>} reset
 * @property {(text: string) => Promise<string>} psql
 * @property {(line: string) => Promise<string>} valkey
 * @property {() => string[]} [assets]  addresses of all it has fetched, to be kept for offline
 */

export {};
