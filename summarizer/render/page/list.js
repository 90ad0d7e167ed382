// The list of the run's articles: filters, search, and what still needs a look.

/** What the list is narrowed to. */
const WANTED = { words: [], language: "", speaker: "", code: "", open: false };
/** The items of the list by number, and the numbers that are listed, in order. */
const ITEMS = new Map();
let order = [];
let listing = 0;
let searching = 0;

/** Make the list and its filters. */
function list() {
  order = ordered();
  listing = order.length;
  choices("speaker", "Any speaker", count(ENTRIES.flatMap(entry => entry.speakers)), name => name);
  choices("language", "Any language", count(ENTRIES.map(entry => entry.language)), language);
  choices("code", "Any finding", count(ENTRIES.flatMap(entry => entry.codes)), code => INDEX.codes[code] ?? code);
  const holder = document.getElementById("items");
  const parts = document.createDocumentFragment();
  for (const number of order) {
    ITEMS.set(number, item(number));
    parts.append(ITEMS.get(number));
  }
  holder.replaceChildren(parts);
  for (const name of ["speaker", "language", "code"]) document.getElementById(name).addEventListener("change", narrowed);
  document.getElementById("open").addEventListener("change", narrowed);
  document.getElementById("search").addEventListener("input", () => { clearTimeout(searching); searching = setTimeout(narrowed, 120); });
  narrow();
}

function count(names) {
  const counts = new Map();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

function choices(id, all, counts, called) {
  const options = [...counts].map(([value, times]) => [called(value), value, times]).sort((one, other) => String(one[0]).localeCompare(String(other[0])));
  document.getElementById(id).replaceChildren(make("option", { value: "" }, all), ...options.map(([name, value, times]) => make("option", { value }, `${name} (${times})`)));
  document.getElementById(id).closest(".field").hidden = options.length < 2;
}

function item(number) {
  const element = make("li", { "data-number": number });
  const entry = ENTRIES[number];
  const group = groupOf(number);
  const place = group ? group.members.toSorted((one, other) => one - other).indexOf(number) : -1;
  if (place >= 0) element.className = place ? "same next" : "same first";
  const link = make("a", { href: `#${number + 1}` });
  link.append(make("span", { class: "headline", lang: tag(entry.language) }, entry.headline || entry.title || entry.source), make("span", { class: "about" }), make("span", { class: "needs" }));
  if (place === 0) element.append(make("p", { class: "label" }, `The same story in ${group.members.length} articles`));
  element.append(link);
  describe(number, element);
  return element;
}

/** Write what an article needs into its item. */
function describe(number, element) {
  const entry = ENTRIES[number];
  const about = [entry.outlet && make("span", { lang: tag(entry.language) }, entry.outlet), day(entry.published)].filter(Boolean);
  const known = [make("span", { class: "code", title: language(entry.language) }, make("span", { class: "hidden" }, language(entry.language)), make("span", { "aria-hidden": "true" }, entry.language.toUpperCase())),
    ...(about.length ? about : [pathOf(entry.source)].filter(Boolean))];
  element.querySelector(".about").replaceChildren(...known.flatMap((part, i) => (i ? [" · ", part] : [part])));
  const [errors, warnings] = openOf(number);
  const told = [errors && make("span", { class: "bad" }, `${errors} to mend`), warnings && make("span", { class: "doubt" }, `${warnings} to look at`),
    !errors && !warnings && make("span", { class: "good" }, entry.errors + entry.warnings ? "✓ looked at" : "✓ nothing to look at"),
    unsaved(number) && make("span", { class: "changed" }, "not saved")].filter(Boolean);
  element.querySelector(".needs").replaceChildren(...told.flatMap((part, i) => (i ? [" · ", part] : [part])));
  const headline = element.querySelector(".headline");
  if (changesOf(number).length || SAVED.has(number)) headline.textContent = seen(valueOf(number, "/summary/headline"));
}

/** Write an article's item anew. */
function listed(number) {
  if (ITEMS.has(number)) describe(number, ITEMS.get(number));
}

function narrowed() {
  WANTED.words = folded(document.getElementById("search").value).split(/\s+/).filter(Boolean);
  for (const name of ["speaker", "language", "code"]) WANTED[name] = document.getElementById(name).value;
  WANTED.open = document.getElementById("open").checked;
  narrow();
}

/** Return a text as it is searched: without case, width and accents. */
function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Tell whether an article is one of a filter's. */
function fits(number) {
  const entry = ENTRIES[number];
  if (WANTED.language && entry.language !== WANTED.language) return false;
  if (WANTED.speaker && !entry.speakers.includes(WANTED.speaker)) return false;
  if (WANTED.code && !entry.codes.includes(WANTED.code)) return false;
  return !WANTED.open || openOf(number).some(Boolean);
}

/** Tell whether an article or its digest has all the words. */
function has(number, words) {
  const rest = words.filter(word => !folded([ENTRIES[number].headline, ENTRIES[number].title, ENTRIES[number].outlet, ENTRIES[number].source].join(" ")).includes(word));
  if (!rest.length) return true;
  const digest = SAVED.get(number) ?? OPENED.get(number) ?? read(number);
  const own = [digest.article.text, ...linesOf(digest).flatMap(one => one.fields.map(each => pointed(digest, each.where))), ...changesOf(number).map(one => one.after)];
  const whole = folded(own.filter(text => typeof text === "string").join("\n"));
  return rest.every(word => whole.includes(word));
}

/** Show only what is wanted: the filters at once, the words a slice of the run at a time. */
let round = 0;
function narrow() {
  const mine = ++round;
  const words = WANTED.words;
  const left = order.filter(number => { const yes = fits(number); ITEMS.get(number).hidden = !yes || words.length > 0; return yes; });
  if (!words.length) return narrowedTo(left.length);
  let at = 0;
  let found = 0;
  const slice = () => {
    if (mine !== round) return;
    const until = performance.now() + 12;
    while (at < left.length && performance.now() < until) {
      const yes = has(left[at], words);
      ITEMS.get(left[at++]).hidden = !yes;
      found += yes;
    }
    narrowedTo(found, at < left.length);
    if (at < left.length) setTimeout(slice);
  };
  slice();
}

function narrowedTo(number, more = false) {
  listing = number;
  const all = ENTRIES.length;
  const told = number === all ? counted(all, "article") : `${number.toLocaleString("en")} of ${counted(all, "article")}`;
  const chosenOnes = ["speaker", "language", "code"].filter(name => WANTED[name]).length;
  document.querySelector("#filters summary").textContent = chosenOnes ? `Filters (${chosenOnes} on)` : "Filters";
  document.getElementById("count").textContent = more ? `${told} so far` : told;
  document.getElementById("nothing").hidden = number > 0 || more;
}

/** Return the numbers that are listed, in their order. */
function inList() {
  return order.filter(number => !ITEMS.get(number).hidden);
}
