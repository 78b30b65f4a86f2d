/** Make elements. */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/**
 * @param {string} text
 * @param {string} className
 * @param {() => unknown} act
 */
export function button(text, className, act) {
  const made = make("button", { type: "button", class: className }, text);
  made.addEventListener("click", act);
  return made;
}

let ids = 0;

/** An id that no other element of the page has. */
export function freshId() {
  ids += 1;
  return `playground-${ids}`;
}

/**
 * Open the folded parts and the tabs that hide an element.
 *
 * @param {HTMLElement} figure
 */
export function unfold(figure) {
  for (let part = figure.parentElement; part; part = part.parentElement) {
    if (part instanceof HTMLDetailsElement) part.open = true;
    if (part.classList.contains("tabbed-block")) {
      const index = [...(part.parentElement?.children ?? [])].indexOf(part);
      const input = part.closest(".tabbed-set")?.querySelectorAll(":scope > input")[index];
      if (input instanceof HTMLInputElement) input.click();
    }
  }
}
