// Material asks for the search index as soon as a page opens, which would more than double what the
// page weighs. It waits here until somebody searches, or comes from a search: words are marked then.

{
  const toggle = document.getElementById("__search");
  const wanted = new Promise((resolve) => {
    if (/[?&][hq]=/.test(location.search)) resolve(undefined);
    toggle?.addEventListener("change", resolve);
    addEventListener("focusin", ({ target }) => {
      if (target instanceof Element && target.closest("[data-md-component='search']")) resolve(undefined);
    });
  });

  const { open, send } = XMLHttpRequest.prototype;
  /**
   * @this {XMLHttpRequest}
   * @param {string} method
   * @param {string | URL} url
   */
  XMLHttpRequest.prototype.open = function (method, url) {
    open.call(this, method, url, true);
    if (String(url).endsWith("/search/search_index.json")) {
      this.send = () => void wanted.then(() => send.call(this));
    }
  };
}
