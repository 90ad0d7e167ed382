// What was corrected and is not in a digest yet: an ordered list of changes for each digest, kept through a reload.

/** Changes by the number of their digest: {where, before, after, kind: "edit" | "accepted" | "removed"}. */
const CHANGES = new Map();
/** What the list of changes was before each step, to go back to. */
const STEPS = new Map();
/** What was saved last, as JSON of the changes. */
const WRITTEN = new Map();
/** Whether the browser keeps anything for a page from disk; some do not. */
let keeping = true;

function slot(number) {
  return `summarizer.review.${ENTRIES[number].key}`;
}

/** Take up what was corrected before the page was left. */
function recall() {
  try {
    ENTRIES.forEach((_, number) => {
      const kept = localStorage.getItem(slot(number));
      if (kept) take(number, JSON.parse(kept));
    });
  } catch {
    keeping = false;
  }
}

function take(number, kept) {
  if (!Array.isArray(kept.changes) || !kept.changes.every(one => typeof one.where === "string")) return;
  CHANGES.set(number, kept.changes);
  if (kept.written) WRITTEN.set(number, kept.written);
}

function keep(number) {
  if (!keeping) return;
  try {
    if (changesOf(number).length) localStorage.setItem(slot(number), JSON.stringify({ changes: changesOf(number), written: WRITTEN.get(number) ?? null }));
    else localStorage.removeItem(slot(number));
  } catch {
    keeping = false;
  }
}

/** Return the changes of a digest. */
function changesOf(number) {
  return CHANGES.get(number) ?? [];
}

function changeOf(number, where, kind) {
  return changesOf(number).find(change => change.where === where && change.kind === kind) ?? null;
}

/** Take one step that can be undone: changes that are made, and those that are taken back. */
function step(number, made, gone = () => false) {
  const before = changesOf(number);
  const same = (one, other) => one.where === other.where && one.kind === other.kind;
  const rest = before.filter(one => !gone(one) && !made.some(other => same(one, other)));
  STEPS.set(number, [...(STEPS.get(number) ?? []), before]);
  renew(number, [...rest, ...made]);
}

/** Go one step back; after a reload the changes are the steps. Return whether there was one. */
function back(number) {
  const steps = STEPS.get(number) ?? [];
  if (!steps.length && !changesOf(number).length) return false;
  renew(number, steps.length ? steps.pop() : changesOf(number).slice(0, -1));
  return true;
}

function renew(number, changes) {
  CHANGES.set(number, changes);
  keep(number);
}

/** Return what stands in a field now. */
function valueOf(number, where) {
  const edit = changeOf(number, where, "edit");
  return edit ? edit.after : pointed(digestOf(number), where) ?? null;
}

/** Return changes in an order in which their places are the same before and after each other: removals last, from the end. */
function inOrder(changes) {
  const numbers = change => change.where.split("/").map(Number).filter(Number.isInteger);
  const behind = (one, other) => numbers(other).reduce((way, each, i) => way || each - numbers(one)[i], 0);
  const removed = changes.filter(change => change.kind === "removed").sort(behind);
  return [...changes.filter(change => change.kind !== "removed"), ...removed];
}

/** Tell whether there are changes that are not saved. */
function unsaved(number) {
  const changes = changesOf(number);
  return (changes.length || WRITTEN.has(number)) && JSON.stringify(changes) !== (WRITTEN.get(number) ?? "[]");
}

/** Return the numbers of the digests with changes. */
function changed() {
  return [...CHANGES.keys()].filter(number => changesOf(number).length).sort((one, other) => one - other);
}

/** Return the digest as it stands corrected: the same JSON, with what was changed by a person. */
function corrected(number) {
  const digest = structuredClone(digestOf(number));
  const changes = inOrder(changesOf(number)).map(change => ({ ...change, settled: change.kind === "accepted" ? [] : digest.findings.filter(finding => settles(change, finding)) }));
  for (const { where, kind } of changes) if (kind === "accepted" && pointed(digest, where)) Object.assign(pointed(digest, where), { accepted: true, severity: "info" });
  for (const { where, after, kind } of changes) if (kind === "edit") write(digest, where, after);
  digest.findings = digest.findings.filter(finding => !overtaken(number, finding));
  for (const { where, kind } of changes) if (kind === "removed") remove(digest, where);
  digest.review = { reviewer: digest.review?.reviewer ?? null, at: new Date().toISOString(), changes: [...(digest.review?.changes ?? []), ...changes] };
  return digest;
}

/** Put new words into a digest; a quote and a speaker's name take their places in the article with them. */
function write(digest, where, after) {
  const [, quoted, name] = /^(\/quotes\/\d+)\/(text|speaker\/\w+)$/.exec(where) ?? [];
  const quote = quoted && pointed(digest, quoted);
  if (quote && name !== "text") quote.speaker ??= { name: "", role: null, organisation: null, start: null, end: null };
  put(digest, where, after);
  if (where.startsWith("/sections/")) recut(digest, where.replace(/\/text$/, ""), after);
  if (name === "text") Object.assign(quote, spanOf(digest, after, quote.start) ?? {});
  if (name === "speaker/name") Object.assign(quote.speaker, spanOf(digest, after, quote.start) ?? { start: null, end: null });
}

/** Give a value of a section that was cut out of the article its new place, and what is read there. */
function recut(digest, where, words) {
  const value = pointed(digest, where);
  const { proof } = pointed(digest, where.replace(/\/rows.*$/, "")).fields.find(one => one.name === value.field) ?? {};
  const made = CUT.has(proof) && cutOf(digest, proof, words, value.start);
  if (made) Object.assign(value, made, { evidence: sentencesOf(digest, [[made.start, made.end]]).map(at => digest.article.sentences[at]) });
}

/** Return words as they are cut out of the article for a field, with the whole of a figure and what it reads; null where they cannot be. */
function cutOf(digest, proof, words, near) {
  const found = spanOf(digest, words, near);
  const touched = found && digest.figures.filter(one => one.start < found.end && found.start < one.end);
  const wanted = (touched ?? []).filter(one => proof === (one.kind === "date" ? "date" : "figure"));
  if (!found || (proof === "figure" && !wanted.length) || (/figure|date/.test(proof) && wanted.some(one => one.suspect))) return null;
  const [start, end] = [Math.min(found.start, ...wanted.map(one => one.start)), Math.max(found.end, ...wanted.map(one => one.end))];
  const [value, unit] = wanted.length === 1 ? [wanted[0].value, wanted[0].unit] : [null, null];
  return { start, end, text: new Letters(digest.article.text).slice(start, end), value, unit };
}

/** Return where the article has some words, in code points: the place nearest to one; null where it has them nowhere. */
function spanOf(digest, words, near) {
  const { text } = digest.article;
  const places = [];
  for (let at = words ? text.indexOf(words) : -1; at >= 0; at = text.indexOf(words, at + 1)) places.push([...text.slice(0, at)].length);
  if (!places.length) return null;
  const start = places.reduce((best, place) => (Math.abs(place - near) < Math.abs(best - near) ? place : best));
  return { start, end: start + [...words].length };
}

/** Tell whether a finding is about words that were changed or removed since. */
function overtaken(number, finding) {
  return changesOf(number).some(change => settles(change, finding));
}

/** Tell whether a change leaves nothing of what a finding is about: its words, or the line that they are in. */
function settles({ where, kind }, finding) {
  if (kind === "accepted") return false;
  const line = /^\/(summary\/\w+(\/\d+)?|quotes\/\d+|briefs\/\d+\/(headline|segments\/\d+)|sections\/\d+\/rows\/\d+\/values\/\d+)$/.test(finding.where);
  return within(finding.where, where) || (kind === "edit" && line && within(where, finding.where));
}

/** Take an entry out of its list; what is said of those behind it moves with them. */
function remove(digest, where) {
  const at = where.lastIndexOf("/");
  const [list, gone] = [where.slice(0, at), Number(where.slice(at + 1))];
  const left = pointed(digest, list);
  left.splice(gone, 1);
  for (const finding of digest.findings) finding.where = moved(finding.where, list, number => (number > gone ? number - 1 : number));
  if (!left.length && list.endsWith("/values")) remove(digest, list.replace(/\/values$/, ""));
}

/** Return a JSON pointer with the number behind a list's pointer replaced. */
function moved(where, list, renumbered) {
  if (!where.startsWith(`${list}/`)) return where;
  const [number, ...rest] = where.slice(list.length + 1).split("/");
  return [list, renumbered(Number(number)), ...rest].join("/");
}
