// Doubts and errors in plain words at the line that they concern, with what the source says.

/** What a severity asks of its reader. */
const ASKS = INDEX.asks;
const RANK = { error: 0, warning: 1, info: 2 };
/** What the server found in the corrections that were sent to it, by the digest's number. */
const OBJECTED = new Map();

/** Return the findings of a digest with their place in it, the gravest first. */
function findingsOf(number) {
  const own = digestOf(number).findings.map((finding, i) => ({ ...finding, at: `/findings/${i}` }));
  const objected = (OBJECTED.get(number) ?? []).map(finding => ({ ...finding, at: null }));
  return [...objected, ...own].sort((one, other) => (RANK[one.severity] ?? 2) - (RANK[other.severity] ?? 2));
}

/** Tell whether somebody has still to look at a finding. */
function open(number, finding) {
  if (!finding.at) return true;
  if (finding.severity === "info" || overtaken(number, finding)) return false;
  return !changeOf(number, finding.at, "accepted");
}

/** Return how many findings of a digest are open: [errors, warnings]. */
function openOf(number) {
  const entry = ENTRIES[number];
  if (!changesOf(number).length && !SAVED.has(number) && !OBJECTED.has(number)) return [entry.errors, entry.warnings];
  const left = findingsOf(number).filter(finding => open(number, finding));
  const errors = left.filter(finding => finding.severity === "error").length;
  return [errors, left.length - errors];
}

/** Return the findings about a line: at its place, or in it. */
function findingsAt(number, place) {
  return findingsOf(number).filter(finding => within(finding.where, place));
}

/** Return a finding's message; where it repeats the line that it stands at, it says "this line". A name is no line. */
function told(number, finding, fields) {
  let message = finding.message;
  for (const { where } of fields.filter(field => !/\/(name|role|organisation)$/.test(field.where))) {
    const text = pointed(digestOf(number), where);
    const name = fields.length === 2 && where.endsWith("/source") ? "the source line" : "this line";
    if (text) for (const quoted of [`'${text}'`, `"${text}"`]) message = message.split(quoted).join(name);
  }
  return capital(message);
}

/** Return a finding as the reader sees it. */
function findingBox(number, finding, current) {
  const grave = finding.severity !== "info";
  const done = grave && !open(number, finding);
  const box = make("div", { class: `finding ${grave ? finding.severity : "info"}${done ? " done" : ""}`, "data-finding": finding.at });
  const says = INDEX.codes[finding.code];
  box.append(make("p", { class: "says" }, make("strong", {}, finding.accepted || (done && finding.at && changeOf(number, finding.at, "accepted")) ? "Ticked off" : capital(ASKS[finding.severity] ?? "note")), grave && says ? `: ${says}.` : ": ",
    grave ? null : told(number, finding, current.fields)));
  if (grave) box.append(make("p", { class: "message" }, told(number, finding, current.fields)));
  const numbers = finding.span ? sentencesOf(digestOf(number), [finding.span]) : current.sentences ?? [];
  if (grave && numbers.length) box.append(sourceSays(number, numbers));
  if (grave) box.append(tick(number, finding, done));
  return box;
}

/** Return the sentences of the article that a line rests on. */
function sourceSays(number, numbers) {
  const { article } = digestOf(number);
  const letters = new Letters(article.text);
  const shown = numbers.slice(0, 4).map(at => make("p", { lang: tag(article.language) },
    make("span", { class: "number" }, `${at + 1} `), letters.slice(...article.sentences[at])));
  return make("div", { class: "source" }, make("p", { class: "label" }, "The article says"), shown,
    numbers.length > 4 && make("p", { class: "label" }, `and ${counted(numbers.length - 4, "sentence")} more`));
}

/** Tell whether a finding is one that nobody can tick off. */
function proven(finding) {
  return INDEX.proofs.includes(finding.code);
}

/** Return the box that ticks a finding off, or what became of it. */
function tick(number, finding, done) {
  if (!finding.at) return make("p", { class: "label" }, "Found in your correction when it was sent to be saved.");
  if (overtaken(number, finding)) return make("p", { class: "label" }, "You changed this line; it is checked again when you save it to the server or run “summarizer check”.");
  if (proven(finding)) return make("p", { class: "label" }, "It cannot be right as it stands: correct the line, or remove it.");
  const box = make("input", { type: "checkbox" });
  box.checked = done;
  box.addEventListener("change", () => accept(number, finding, box.checked));
  return make("label", { class: "tick" }, box, " Looked at, fine as it is");
}
