// The book on one page is light or dark as the reader has chosen on the site, else as the system is.
// It runs before the text stands there, so that nothing is drawn in the wrong colours first.
{
  const system = matchMedia("(prefers-color-scheme: dark)");

  /** @returns {string | undefined} what Material keeps for the site */
  const chosen = () => {
    try {
      const kept = localStorage.getItem(`${new URL(".", location.href).pathname}.__palette`);
      const { media, scheme } = JSON.parse(kept ?? "").color;
      return media === "(prefers-color-scheme)" ? undefined : scheme;
    } catch {
      return undefined; // nothing is kept, or nothing that we know
    }
  };
  const colour = () => {
    const scheme = chosen() ?? (system.matches ? "slate" : "default");
    document.body.setAttribute("data-md-color-scheme", scheme);
  };
  system.addEventListener("change", colour);
  colour();
}
