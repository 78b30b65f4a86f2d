/** What the commonest mistakes mean, in the words of somebody who knows JavaScript. */

/** @import { Mistake } from "./types.js" */

/** @type {[RegExp, string][]} matched against "Type: message"; the first that fits explains */
export const EXPLANATIONS = [
  [
    /was never awaited|'coroutine' object|\bcoroutine\b.*(attribute|subscriptable|iterable)/,
    "A coroutine was made, and nobody awaited it." +
      " In JavaScript the call starts the work; in Python nothing runs before await.",
  ],
  [
    /^(IndentationError|TabError)/,
    "Indentation is Python's curly braces: all lines of a block begin in the same column." +
      " Use four spaces for each level.",
  ],
  [
    /^SyntaxError.*'await' outside/,
    "await stands only inside async def." +
      " Move the line into main(), or into another async function.",
  ],
  [
    /^SyntaxError/,
    "Python could not read this line, so nothing ran." +
      " Look for a missing colon, bracket or quote, here or on the line above.",
  ],
  [
    /^(NameError|UnboundLocalError|ReferenceError)/,
    "This name has no value at this point: a typing error, or it is assigned further down or" +
      " elsewhere. true, null and undefined are True and None here.",
  ],
  [
    /^(TypeError|AttributeError).*('?NoneType'?|undefined|null)/,
    "The value is None, Python's null." +
      " A function without return gives None, and so does a query that found no row.",
  ],
  [
    /^TypeError.*can't be (used in 'await' expression|awaited)|^TypeError.*await/,
    "What stands behind await is no coroutine." +
      " Python, unlike JavaScript, refuses to await a plain value: drop the await.",
  ],
  [
    /^TypeError.*(argument|unsupported operand|can only concatenate)/,
    "The types do not fit." +
      " Python converts nothing silently: where JavaScript makes a string of 1 + '1', Python wants str(1) or an f-string.",
  ],
  [
    /^KeyError/,
    "The dictionary has no such key." +
      " JavaScript would give undefined; in Python ask with .get(key), or check with in.",
  ],
  [
    /^IndexError/,
    "The list is shorter than that. JavaScript would give undefined; Python raises.",
  ],
  [
    /^(ModuleNotFoundError|ImportError)/,
    "This tab has the packages that the book's listings use, and no others." +
      " On your own machine you would install it first.",
  ],
  [
    /ValidationError/,
    "The data does not have the shape that the model asks for; each line above names a field and what is wrong with it." +
      " It is Zod's parse() for Python.",
  ],
  [
    /UndefinedTableError|relation "[^"]*" does not exist/,
    "PostgreSQL knows no table of this name yet." +
      " Each run starts with an empty database, so the program has to create its tables first.",
  ],
  [
    /UniqueViolation|duplicate key value/,
    "A row with this value exists already, and a constraint allows only one." +
      " The database has refused the whole statement.",
  ],
  [
    /ForeignKeyViolation|NotNullViolation|CheckViolation|violates (foreign key|not-null|check)/,
    "The row breaks a rule that the table states, so the database has refused it." +
      " The rule's name stands in the message.",
  ],
  [
    /PostgresSyntaxError|^ERROR:.*syntax error/,
    "PostgreSQL could not read the SQL. The mistake is at the word it names, or just before it.",
  ],
  [
    /ConnectionRefused|Connect call failed|All connection attempts failed|ECONNREFUSED/,
    "Nothing listens at this address." +
      " In this tab PostgreSQL, Valkey and servers that the listing itself starts can be reached, and nothing else.",
  ],
  [
    /WRONGTYPE/,
    "The key holds another kind of value, such as a list where the command expects a string." +
      " Delete the key, or use the commands of its type.",
  ],
  [
    /^RuntimeError: can't start new thread|_multiprocessing/,
    "A browser tab gives Python neither threads nor processes. Run this one on your own machine.",
  ],
  [
    /^MemoryError|out of memory/i,
    "The program asked for more memory than the tab has." +
      " Look for a loop that collects without end.",
  ],
  [
    /^RecursionError|Maximum call stack/,
    "The function calls itself without an end. Look for the case in which it should return.",
  ],
];

/**
 * Explain a mistake in two short sentences, or return null if it is none of the common ones.
 *
 * @param {Pick<Mistake, "type" | "message" | "text">} mistake
 */
export function explain({ type, message, text }) {
  const said = `${type.split(".").at(-1)}: ${message}`;
  const found = EXPLANATIONS.find(([pattern]) => pattern.test(said) || awaits(pattern, text));
  return found ? found[1] : null;
}

/**
 * A forgotten await shows in a warning above the error, not in the error.
 *
 * @param {RegExp} pattern
 * @param {string} text
 */
function awaits(pattern, text) {
  return pattern === EXPLANATIONS[0]?.[0] && /coroutine '[^']*' was never awaited/.test(text);
}
