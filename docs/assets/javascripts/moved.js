// The reference was one page once. Who comes with an address from then, `#user_service.cache.Cache`,
// is taken on to the page of that module.

const takeOn = () => {
  const sought = `${location.hash}.`;
  const links = [...document.querySelectorAll('article a[href*="#user_service."]')];
  const module = links.map((link) => new URL(link.getAttribute("href") ?? "", location.href)).find(({ hash }) => sought.startsWith(`${hash}.`));
  if (module) location.replace(module.pathname + location.hash);
};
addEventListener("hashchange", takeOn);
takeOn();
