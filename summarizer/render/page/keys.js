// The keyboard from end to end. Single letters can be switched off: speech input types them (WCAG 2.2, 2.1.4).

const LETTERS = "summarizer.letters";

/** What each key does; the help lists them in this order. */
const KEYS = [
  [["j", "ArrowDown"], "next line", () => move(1)],
  [["k", "ArrowUp"], "line before", () => move(-1)],
  [["n"], "next article", () => turn(1)],
  [["p"], "article before", () => turn(-1)],
  [["d"], "next line to look at, in this article or a later one", () => nextDoubt()],
  [["s"], "from a line to its source and back", () => across()],
  [["e", "Enter"], "edit the line", () => at(where => edit(chosen, where))],
  [["a"], "tick a doubt off, or open it again", () => at(where => acceptAt(chosen, where))],
  [["x"], "remove the line, or put it back", () => at(where => (changeOf(chosen, where, "removed") ? restore : drop)(chosen, where))],
  [["u"], "undo", () => undo()],
  [["/"], "search", () => { view("list"); document.getElementById("search").focus(); }],
  [["l"], "the list of articles", () => { view("list"); ITEMS.get(chosen)?.querySelector("a").focus(); }],
  [["c"], "what changed", () => showChanges()],
  [["w"], "save", () => saveAll()],
  [["?"], "this help", () => openDialog("help-dialog")],
];
const ARROWS = new Set(["ArrowDown", "ArrowUp", "Enter"]);

function lettersOn() {
  return document.getElementById("letters").checked;
}

/** Do what a key is for, unless something else has it. */
function pressed(event) {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s" && !event.altKey) { event.preventDefault(); return void saveAll(); }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  const target = event.target;
  if (event.key === "Escape" && target.matches("input[type=search]")) return void (target.value ? ((target.value = ""), narrowed()) : focusLine());
  if (target.matches("input[type=search]") && (event.key === "ArrowDown" || event.key === "Enter")) return void (event.preventDefault(), firstListed());
  if (target.matches("textarea, select, input:not([type=checkbox])") || document.querySelector("dialog[open]")) return;
  if (event.key === "Enter" && !target.matches(".line")) return;
  if (ARROWS.has(event.key) && !target.closest(".line, .sentence, #items, body > :focus") && target !== document.body) return;
  if (!ARROWS.has(event.key) && !lettersOn()) return;
  const found = KEYS.find(([keys]) => keys.includes(event.key));
  if (!found) return;
  event.preventDefault();
  found[2]();
}

/** Go to a line of the list, the article or the digest, whichever has the focus. */
function move(by) {
  const focused = document.activeElement;
  if (focused.closest("#items")) return go([...document.querySelectorAll("#items li:not([hidden]) a")], focused, by, one => one.focus());
  const inArticle = focused.closest("#article");
  const all = [...pane(inArticle ? "article" : "digest").querySelectorAll(inArticle ? ".sentence" : ".line")];
  const here = focused.closest(".line, .sentence") ?? (all.includes(current) ? current : null);
  go(all, here, by, become);
}

function go(all, here, by, act) {
  const place = here === null ? (by > 0 ? 0 : all.length - 1) : all.indexOf(here) + by;
  if (all[place]) act(all[place]);
}

/** Do something to the current line of the digest. */
function at(act) {
  const box = document.activeElement.closest(".line") ?? (current?.matches(".line") ? current : null);
  if (box) act(box.dataset.where);
  else say("Choose a line of the digest first, with j and k or by pointing at it.");
}

/** Open the next article of the list, or the one before. */
function turn(by) {
  const all = inList();
  const next = all[all.indexOf(chosen) + by];
  if (next === undefined) return say(by > 0 ? "This is the last article." : "This is the first article.");
  choose(next);
}

/** Go from a line to the sentence that says it, or from a sentence to the line. */
function across() {
  const from = document.activeElement.closest(".line, .sentence") ?? current;
  if (!from) return;
  const [first] = from.dataset.where === undefined ? supported(from) : supporting(shown.get(from.dataset.where));
  if (!first) return say(from.dataset.where === undefined ? "Nothing in the digest rests on this sentence." : "This line names no sentence of the article.");
  view(from.dataset.where === undefined ? "digest" : "article");
  become(first);
}

/** Go to the next line that somebody has to look at. */
function nextDoubt() {
  const boxes = [...pane("digest").querySelectorAll(".line, .loose")];
  const here = boxes.indexOf(document.activeElement.closest(".line, .loose") ?? current);
  const next = boxes.slice(here + 1).find(waits);
  if (next) return void (view("digest"), next.matches(".line") ? become(next) : next.querySelector("input").focus());
  const all = inList();
  const later = all.slice(all.indexOf(chosen) + 1).find(number => openOf(number).some(Boolean));
  if (later === undefined) return say(boxes.some(waits) ? "This is the last one; there are some further up." : "Nothing is left to look at from here on.");
  choose(later);
  nextDoubt();
}

function waits(box) {
  return box.querySelector(".finding.error:not(.done), .finding.warning:not(.done)") !== null;
}

function focusLine() {
  view("digest");
  const box = current?.isConnected ? current : pane("digest").querySelector(".line");
  if (box) become(box);
}

function firstListed() {
  document.querySelector("#items li:not([hidden]) a")?.focus();
}

function openDialog(id) {
  const dialog = document.getElementById(id);
  if (!dialog.open) dialog.showModal();
}

/** Write the help, and switch single letters on or off. */
function help() {
  const named = key => ({ ArrowDown: "↓", ArrowUp: "↑", Enter: "Enter" }[key] ?? key);
  const rows = KEYS.map(([keys, does]) => make("div", {}, make("dt", {}, keys.map((key, i) => [i ? " or " : "", make("kbd", {}, named(key))])), make("dd", {}, capital(does))));
  document.getElementById("keys").replaceChildren(...rows);
  const box = document.getElementById("letters");
  try {
    box.checked = localStorage.getItem(LETTERS) !== "off";
  } catch {
    keeping = false;
  }
  box.addEventListener("change", () => { try { localStorage.setItem(LETTERS, box.checked ? "on" : "off"); } catch { keeping = false; } });
}
