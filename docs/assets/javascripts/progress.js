// Which pages the reader has marked as read: kept in this browser, and nowhere else.

const KEY = "book:read";

/** @returns {Set<string> | null} the paths of the pages; null where the browser keeps nothing */
function recall() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return new Set(Array.isArray(kept) ? kept : []);
  } catch {
    return storable() ? new Set() : null; // what is kept is no list of ours
  }
}

function storable() {
  try {
    localStorage.setItem(KEY, "[]");
    return true;
  } catch {
    return false;
  }
}

/** @param {Set<string>} read */
function remember(read) {
  try {
    if (read.size) localStorage.setItem(KEY, JSON.stringify([...read]));
    else localStorage.removeItem(KEY);
  } catch {
    // full, or forbidden meanwhile: the marks hold until the page is left
  }
}

/** @param {Set<string>} read */
function tick(read) {
  for (const link of document.querySelectorAll("a.md-nav__link[href]")) {
    const { pathname, hash } = new URL(/** @type {HTMLAnchorElement} */ (link).href);
    const wanted = read.has(pathname) && !hash;
    const mark = link.querySelector(".read-mark");
    if (wanted && !mark) {
      const text = Object.assign(document.createElement("span"), { className: "read-mark", textContent: "read" });
      link.append(" ", text);
    } else if (!wanted) mark?.remove();
  }
}

/**
 * @param {string} name
 * @param {string} text
 */
function button(name, text) {
  const element = Object.assign(document.createElement("button"), { type: "button", className: name });
  element.textContent = text;
  return element;
}

/** @param {Set<string>} read */
function start(read) {
  const here = location.pathname;
  const toggle = button("read-toggle", "");
  const forget = button("read-forget", "Forget all marks");
  const note = Object.assign(document.createElement("p"), { className: "read-note" });
  note.append(toggle, " ", forget);
  const show = () => {
    toggle.textContent = read.has(here) ? "Read. Take the mark away" : "Mark this page as read";
    forget.hidden = read.size === 0;
    tick(read);
  };
  toggle.addEventListener("click", () => {
    if (!read.delete(here)) read.add(here);
    remember(read);
    show();
  });
  forget.addEventListener("click", () => {
    read.clear();
    remember(read);
    show();
    toggle.focus();
  });
  if (document.querySelector(".reading-time")) document.querySelector("article")?.append(note);
  show();
}

const read = recall();
if (read) start(read);
