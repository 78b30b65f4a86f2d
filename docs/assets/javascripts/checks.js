// Quick checks: the answers, each a `details` without this script, become a form. The reader commits
// to one before any is explained. Until then the listing that a prediction is about keeps its output.

const OUTPUT = /^\s*(?:#|\/\/|--)>/;

/**
 * @param {string} name
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 */
function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

/** @param {Element} choice */
const text = (choice) => [...(choice.querySelector("summary")?.cloneNode(true).childNodes ?? [])];

/** @param {Element} choice */
const why = (choice) => [...choice.children].slice(1).map((part) => part.cloneNode(true));

/** @param {Element} choice */
const verdict = (choice) => (choice.matches(".right") ? "Right" : "Not this one");

/**
 * Put a form in the place of a check's answers.
 *
 * @param {Element} check
 * @param {number} number  which of the page's checks it is
 */
function setUp(check, number) {
  const choices = [...check.querySelectorAll("details.choice")];
  const question = check.querySelector(".admonition-title");
  const between = [...check.children].filter((part) => part !== question && !choices.includes(part));
  const labels = choices.map((choice, place) => {
    const radio = { type: "radio", name: `check-${number}`, value: `${place}`, required: "" };
    return make("label", { class: "check-choice" }, make("input", radio), make("span", {}, ...text(choice)));
  });
  const legend = make("legend", { class: "admonition-title" }, ...(question?.childNodes ?? []));
  const result = make("div", { class: "check-result", role: "status" });
  const all = make(
    "details",
    { class: "check-all", hidden: "" },
    make("summary", {}, "Every answer, explained"),
    ...choices.flatMap((choice) => [
      make("p", { class: "check-answer" }, make("strong", {}, `${verdict(choice)}: `), ...text(choice)),
      ...why(choice),
    ]),
  );
  const button = make("button", { class: "check-commit" }, "Check my answer");
  const form = make("form", {}, make("fieldset", {}, legend, ...between, ...labels), button, result, all);
  const show = check.matches(".predict") ? veil(check) : () => {};
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const place = Number(new FormData(/** @type {HTMLFormElement} */ (form)).get(`check-${number}`));
    const choice = /** @type {Element} */ (choices[place]);
    labels[place]?.setAttribute("data-verdict", verdict(choice));
    result.replaceChildren(make("p", { class: "check-verdict" }, `${verdict(choice)}.`), ...why(choice));
    if (choice.matches(".right")) all.removeAttribute("hidden");
    show();
  });
  check.replaceChildren(form);
}

/**
 * Hide the output of the listing that a prediction is about.
 *
 * @param {Element} check
 * @returns {() => void} shows it
 */
function veil(check) {
  const section = [...check.classList].find((name) => name.startsWith("of-"))?.slice("of-".length);
  const figure = [...document.querySelectorAll(`figure.listing[data-section="${section}"]`)].find(
    (one) => check.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  const lines = [...(figure?.querySelectorAll("pre code span") ?? [])].filter((span) => OUTPUT.test(span.textContent ?? ""));
  const button = make("button", { type: "button", class: "check-show" }, "show it now");
  const note = make("p", { class: "check-note" }, "The output below waits for your answer. Or ", button, ".");
  const veiled = (/** @type {boolean} */ yes) => lines.forEach((line) => line.classList.toggle("check-veiled", yes));
  const show = () => {
    veiled(false);
    if (note.contains(document.activeElement)) check.querySelector("input")?.focus();
    note.remove();
  };
  veiled(true);
  check.after(note);
  button.addEventListener("click", show);
  figure?.addEventListener("click", show, { capture: true, once: true }); // Run, Edit, Copy
  return show;
}

document.querySelectorAll(".check").forEach(setUp);
