// The page: an article is chosen, shown beside its digest, and named in the address so that Back leads back.

/** Show an article and its digest. */
function choose(number, focus = true) {
  chosen = number;
  current = null;
  for (const each of document.querySelectorAll("#items a[aria-current]")) each.removeAttribute("aria-current");
  const link = ITEMS.get(number)?.querySelector("a");
  link?.setAttribute("aria-current", "true");
  link?.scrollIntoView({ block: "nearest" });
  showArticle(number);
  showDigest(number);
  document.title = `${seen(ENTRIES[number].headline) || "Digest"} · ${document.body.dataset.title}`;
  if (location.hash !== `#${number + 1}`) history.pushState(null, "", `#${number + 1}`);
  view("digest");
  const first = pane("digest").querySelector(".line");
  if (focus && first) become(first);
  else first?.setAttribute("tabindex", "0");
}

/** Show the article that the address names. */
function follow() {
  const number = Number(location.hash.slice(1)) - 1;
  if (ENTRIES[number] && number !== chosen) choose(number);
  else if (ENTRIES[number]) view("digest");
}

/** Open the article whose item was clicked; with a modifier the browser does what it does with any link. */
function picked(event) {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  choose(Number(link.parentElement.dataset.number));
}

function start() {
  document.body.dataset.title = document.title;
  recall();
  help();
  list();
  tally();
  watch();
  const acts = { help: () => openDialog("help-dialog"), changes: showChanges, save: saveAll, next: nextDoubt, "print-open": () => openDialog("print-dialog"), "print-one": () => printed(false), "print-all": () => printed(true) };
  for (const [id, act] of Object.entries(acts)) document.getElementById(id).addEventListener("click", act);
  for (const each of document.querySelectorAll("[data-show]")) each.addEventListener("click", () => view(each.dataset.show));
  for (const each of document.querySelectorAll("dialog .close")) each.addEventListener("click", () => each.closest("dialog").close());
  document.getElementById("items").addEventListener("click", picked);
  document.addEventListener("keydown", pressed);
  addEventListener("hashchange", follow);
  addEventListener("popstate", follow);
  addEventListener("beforeunload", leaving);
  addEventListener("beforeprint", beforePrint);
  addEventListener("afterprint", afterPrint);
  if (!ENTRIES.length) return;
  const asked = Number(location.hash.slice(1)) - 1;
  const number = ENTRIES[asked] ? asked : order[0];
  history.replaceState(null, "", `#${number + 1}`);
  choose(number, false);
  if (!ENTRIES[asked] && ENTRIES.length > 1) view("list");
}

start();
