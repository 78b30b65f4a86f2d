// Names for what Material's script adds to listings: its buttons' row, and the annotations' links.

const name = () => {
  document.querySelectorAll("nav.md-code__nav:not([aria-label])").forEach((row) => {
    const all = [...document.querySelectorAll("nav.md-code__nav")];
    row.setAttribute("aria-label", `Code ${all.indexOf(row) + 1}`);
  });
  document.querySelectorAll("a.md-annotation__index:not([aria-label])").forEach((link) => {
    const number = link.querySelector("[data-md-annotation-id]")?.getAttribute("data-md-annotation-id");
    link.setAttribute("aria-label", `Annotation ${number}`);
  });
};

new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
name();
