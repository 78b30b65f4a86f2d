// What Material's script adds, made usable for everybody: names for the row of buttons of a listing
// and for the links of annotations, and tables that the keyboard can scroll where they are too wide.

const giveNames = () => {
  document.querySelectorAll("nav.md-code__nav:not([aria-label])").forEach((row) => {
    const all = [...document.querySelectorAll("nav.md-code__nav")];
    row.setAttribute("aria-label", `Code ${all.indexOf(row) + 1}`);
  });
  document.querySelectorAll("a.md-annotation__index:not([aria-label])").forEach((link) => {
    const number = link.querySelector("[data-md-annotation-id]")?.getAttribute("data-md-annotation-id");
    link.setAttribute("aria-label", `Annotation ${number}`);
  });
  document.querySelectorAll("div.md-typeset__scrollwrap").forEach((wrap) => {
    const wide = wrap.scrollWidth > wrap.clientWidth;
    if (wide !== wrap.hasAttribute("tabindex")) wrap.toggleAttribute("tabindex", wide);
    if (wide) wrap.setAttribute("tabindex", "0");
  });
};

// Else Firefox opens the drawer again after a reload; in the HTML it would not be valid.
document.querySelectorAll("input.md-toggle").forEach((toggle) => toggle.setAttribute("autocomplete", "off"));

// Once a frame: on a long page it takes a while to measure all tables.
let waiting = 0;
const soon = () => {
  waiting ||= requestAnimationFrame(() => {
    waiting = 0;
    giveNames();
  });
};
window.addEventListener("resize", soon);
new MutationObserver(soon).observe(document.body, { childList: true, subtree: true });
giveNames();
