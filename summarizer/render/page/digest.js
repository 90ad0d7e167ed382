// The digest: its lines as they stand corrected, each with its doubts and with what can be done to it.

/** How a quote gives what was said. */
const SAID = INDEX.kinds;
/** The lines of the digest that is shown, by their JSON pointers. */
let shown = new Map();

/** Show a digest. */
function showDigest(number) {
  const digest = digestOf(number);
  shown = new Map(linesOf(digest).map(one => [one.where, { ...one, sentences: sentencesOf(digest, one.evidence) }]));
  const region = document.getElementById("digest");
  region.replaceChildren(
    make("header", {}, lineBox(number, "/summary/headline", "div"), make("p", { class: "byline" }, byline(digest)), sameStory(number)),
    lineBox(number, "/summary/abstract", "div"),
    section("Key points", number, "/summary/key_points", "ul", digest.summary.key_points.length),
    section("Quotes", number, "/quotes", "ul", digest.quotes.length),
    ...digest.briefs.map((brief, i) => briefSection(number, brief, i)),
    ...digest.sections.map((own, i) => ownSection(number, own, i)),
    suspects(number),
    remarks(number),
    provenance(digest),
  );
  region.scrollTop = 0;
}

function section(title, number, list, name, count) {
  if (!count && !findingsAt(number, list).length) return "";
  const boxes = Array.from({ length: count }, (_, i) => lineBox(number, `${list}/${i}`, "li"));
  return make("section", {}, make("h3", {}, title), boxes.length > 0 && make(name, { class: "lines" }, boxes), loose(number, list));
}

function briefSection(number, brief, i) {
  const where = `/briefs/${i}`;
  const head = make("div", { class: "pair names", "aria-hidden": "true" }, make("span", {}, language(brief.source_language)), make("span", {}, language(brief.target_language)));
  const boxes = brief.segments.map((_, n) => lineBox(number, `${where}/segments/${n}`, "li"));
  return make("section", { class: "brief" }, make("h3", {}, `Brief in ${language(brief.target_language)}`), head, lineBox(number, `${where}/headline`, "div"),
    boxes.length > 0 && make("ol", { class: "lines" }, boxes), loose(number, where));
}

/** Return a section of an office's own: a list of lists, a line for each value. */
function ownSection(number, own, i) {
  const where = `/sections/${i}`;
  const rows = own.rows.map((row, n) => {
    const places = row.values.map((_, at) => `${where}/rows/${n}/values/${at}`);
    return make("li", {}, make("ul", { class: "lines" }, places.map(place => lineBox(number, place, "li"))),
      make("div", { class: "tools" }, button("Remove this row", () => dropAll(number, places), { "aria-label": `Remove ${own.title}, row ${n + 1}` })));
  });
  const { article, briefs } = digestOf(number);
  const note = rows.length > 0 && briefs.length > 0 && make("p", { class: "quiet" }, `Not translated: what stands here is in ${language(article.language)}, the article's language.`);
  return make("section", { class: "own" }, make("h3", {}, labelOf(digestOf(number), own.title, own.titles)), note,
    rows.length > 0 ? make("ol", {}, rows) : make("p", { class: "quiet" }, "nothing found"), loose(number, where));
}

/** Return the findings about a list that stand at none of its lines: what was left out of it. */
function loose(number, list) {
  const found = findingsAt(number, list).filter(finding => ![...shown.keys()].some(where => within(finding.where, where)));
  return found.length > 0 && make("div", { class: "loose", "data-where": list }, found.map(finding => findingBox(number, finding, { fields: [] })));
}

function suspects(number) {
  const lines = [...shown.values()].filter(one => one.kind === "figure");
  if (!lines.length) return "";
  return make("section", {}, make("h3", {}, "Figures to look at"), make("ul", { class: "lines" }, lines.map(one => lineBox(number, one.where, "li"))));
}

/** Return what was found about the article and the digest as a whole. */
function remarks(number) {
  const placeless = finding => !/^\/(summary\/(headline|abstract|key_points)|quotes|figures)(\/|$)/.test(finding.where) && !/^\/(briefs|sections)\/\d/.test(finding.where);
  const found = findingsOf(number).filter(finding => placeless(finding));
  if (!found.length) return "";
  return make("section", { class: "loose" }, make("h3", {}, "About the article and this digest"), found.map(finding => findingBox(number, finding, { fields: [] })));
}

function provenance(digest) {
  const made = digest.provenance;
  const cost = made.cost_usd === null ? "" : `, ${made.cost_usd.toFixed(4)} US dollars`;
  return make("footer", { class: "provenance" }, `${made.model}, ${counted(made.requests, "request")}${cost}, ${day(made.created)} · article ${digest.article.id.slice(0, 12)}`);
}

/** Return what other articles of the run print differently, where they tell the same story. */
function sameStory(number) {
  const group = groupOf(number);
  if (!group) return "";
  const names = namesOf(group);
  const others = group.members.filter(member => member !== number);
  const links = others.map(member => make("li", {}, button(names.get(member), () => choose(member), { lang: tag(ENTRIES[member].language) })));
  return make("aside", { class: "story", "aria-label": "The same story" }, make("p", {}, make("strong", {}, "The same story"), ` is in ${counted(others.length, "other article")} of this run:`),
    make("ul", { class: "others" }, links), group.differs.length ? differences(group, names) : make("p", {}, "Their figures and quotes are the same."));
}

function differences(group, names) {
  const rows = group.differs.map(one => make("li", {}, make("span", { class: "label" }, one.kind === "figure" ? "Figure" : "Quote"),
    make("dl", {}, one.values.map(value => make("div", {}, make("dt", { lang: tag(ENTRIES[value.member].language) }, names.get(value.member)),
      make("dd", { lang: tag(ENTRIES[value.member].language), title: value.sentence }, value.text))))));
  return [make("p", { class: "label" }, "What they print differently:"), make("ul", { class: "differs" }, rows)];
}

/** Return the box of a line. */
function lineBox(number, where, name) {
  const box = make(name, { class: "line", "data-where": where, tabindex: "-1" });
  fill(number, box);
  return box;
}

/** Write a line into its box, as it stands now. */
function fill(number, box) {
  const current = shown.get(box.dataset.where);
  const removed = changeOf(number, current.where, "removed") !== null;
  const edited = current.fields.some(one => changeOf(number, one.where, "edit"));
  box.dataset.kind = current.kind;
  box.classList.remove("editing");
  box.classList.toggle("removed", removed);
  box.classList.toggle("edited", edited);
  const about = removed ? [] : findingsAt(number, current.where).map(finding => findingBox(number, finding, current));
  box.replaceChildren(...[words(number, current), marks(current, removed, edited), about, tools(number, current, removed)].flat().filter(Boolean));
}

function marks(current, removed, edited) {
  const numbers = current.sentences.map(at => at + 1);
  return make("p", { class: "marks" },
    numbers.length > 0 && make("span", { class: "refs" }, make("span", { class: "quiet" }, numbers.length > 1 ? "from sentences " : "from sentence "), brief(numbers)),
    edited && make("span", { class: "badge" }, "changed by you"), removed && make("span", { class: "badge" }, "removed by you"));
}

/** Return numbers with runs of them folded: 3, 5–8. */
function brief(numbers) {
  const runs = [];
  for (const number of numbers) {
    if (runs.length && runs.at(-1)[1] === number - 1) runs.at(-1)[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(", ");
}

/** Return the words of a line. */
function words(number, current) {
  const text = one => make(one.name ?? "p", { lang: one.language, class: one.class }, spaced(valueOf(number, one.where), one.code) || make("span", { class: "none", lang: "en" }, one.empty ?? "not there"));
  if (current.kind === "headline") return text({ ...current.fields[0], name: "h2", class: "headline" });
  if (current.kind === "pair" || current.kind === "title") {
    return make("div", { class: "pair" }, current.fields.map(one => text({ ...one, empty: "no translation" })));
  }
  if (current.kind === "quote") return quoted(number, current);
  if (current.kind === "figure") return figured(number, current);
  if (current.kind === "value") return valued(number, current);
  return text(current.fields[0]);
}

/** Return a quote; only direct speech wears quotation marks. */
function quoted(number, current) {
  const { article } = digestOf(number);
  const quote = pointed(digestOf(number), current.where);
  const own = tag(article.language);
  const said = ["name", "role", "organisation"].map(part => valueOf(number, `${current.where}/speaker/${part}`)).filter(Boolean);
  const who = said.length ? said.map((one, i) => [i ? INDEX.commas[article.language] ?? ", " : "", make("span", { lang: own, class: i ? null : "name" }, one)]) : "speaker not certain";
  const kind = quote.status === "verified" ? SAID[quote.kind] : `${SAID[quote.kind]}, not found in the article`;
  const translations = current.fields.filter(one => one.where.includes("/translations/"));
  const text = valueOf(number, `${current.where}/text`);
  const direct = quote.kind === "direct";
  const told = one => { const words = spaced(valueOf(number, one.where), one.code); return direct && words ? inMarks(bare(text) ? words : bare(words) || words, one.code) : words; };
  return [make("blockquote", { lang: own, class: direct ? "direct" : null }, direct ? inMarks(text, article.language) : text),
    make("p", { class: "who" }, "— ", who, make("span", { class: "quiet" }, ` (${kind})`)),
    ...translations.map(one => make("p", { class: "translation" }, make("span", { class: "quiet" }, `${one.label}: `), make("span", { lang: one.language }, told(one))))];
}

function figured(number, current) {
  const figure = pointed(digestOf(number), current.where);
  return make("p", {}, make("span", { lang: tag(digestOf(number).article.language), class: "suspect" }, figure.text), figure.suspect && make("span", { class: "quiet" }, " cannot be right as printed; it was not repaired"));
}

/** Return a value of a section, behind the title of its field. */
function valued(number, current) {
  const [one] = current.fields;
  return make("p", {}, make("span", { class: "quiet" }, `${labelOf(digestOf(number), one.title, one.titles)}: `), make("span", { lang: one.language }, valueOf(number, one.where)));
}

/** Return what can be done to a line. */
function tools(number, current, removed) {
  const named = placed(current.where, digestOf(number));
  const does = [];
  if (current.fields.length && !removed) does.push(button("Edit", () => edit(number, current.where), { "aria-label": `Edit ${named}` }));
  if (current.removable) does.push(removed ? button("Put back", () => restore(number, current.where), { "aria-label": `Put back ${named}` }) : button("Remove", () => drop(number, current.where), { "aria-label": `Remove ${named}` }));
  if (current.sentences.length) does.push(button("Show in the article", () => toSource(current), { class: "narrow", "aria-label": `Show ${named} in the article` }));
  return does.length > 0 && make("div", { class: "tools" }, does);
}
