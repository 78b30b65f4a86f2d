// Small helpers for elements.

/**
 * Makes an element. Properties that start with "on" are listeners, the others attributes; true is
 * an empty attribute, and false leaves it out.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string | number | boolean | EventListener>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key.slice(2), value);
    else if (value !== false) element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...children);
  return element;
}

/**
 * Makes an SVG element.
 * @param {string} name
 * @param {Record<string, string | number>} [attributes]
 * @param {...(Node | string)} children
 * @returns {SVGElement}
 */
export function draw(name, attributes = {}, ...children) {
  const element = /** @type {SVGElement} */ (
    document.createElementNS("http://www.w3.org/2000/svg", name)
  );
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

let groups = 0;

/**
 * Makes a row of radio buttons, of which one is always chosen.
 * @param {string} legend what is chosen
 * @param {[value: string, label: string][]} choices
 * @param {string} chosen
 * @param {(value: string) => void} changed
 * @returns {HTMLFieldSetElement}
 */
export function choice(legend, choices, chosen, changed) {
  const name = `figure-choice-${(groups += 1)}`;
  const options = choices.map(([value, label]) => {
    const radio = make("input", {
      type: "radio", name, value, checked: value === chosen, onchange: () => changed(value),
    });
    return make("label", {}, radio, make("span", {}, label));
  });
  return make("fieldset", { class: "play-choice" }, make("legend", {}, legend), ...options);
}

/**
 * Hides what stood in the figure for readers without JavaScript, keeps it for print, and adds
 * what is played with.
 * @param {HTMLElement} figure
 * @param {...Node} parts
 */
export function take(figure, ...parts) {
  const still = make("div", { class: "play-still" });
  still.append(...figure.childNodes);
  figure.append(still, make("div", { class: "play" }, ...parts));
  figure.dataset.state = "ready";
}
