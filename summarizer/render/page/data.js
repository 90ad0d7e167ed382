// The digests of the page: each stands in a block of its own and is read only when it is looked at.

const INDEX = JSON.parse(document.getElementById("data").textContent);
const ENTRIES = INDEX.entries;
/** Digests that were opened last, by their number; a run may have thousands. */
const OPENED = new Map();
/** Digests as the server has them since they were saved. */
const SAVED = new Map();
const KEPT = 40;

/** Return a digest as it was before any correction that is not saved. */
function digestOf(number) {
  if (SAVED.has(number)) return SAVED.get(number);
  if (!OPENED.has(number)) {
    if (OPENED.size >= KEPT) OPENED.delete(OPENED.keys().next().value);
    OPENED.set(number, read(number));
  }
  return OPENED.get(number);
}

/** Read a digest from the page. */
function read(number) {
  return JSON.parse(document.getElementById(`digest-${number}`).textContent);
}

/** Return the English name of a language. */
function language(code) {
  const base = String(code ?? "").split(/[-_]/)[0].toLowerCase();
  return INDEX.languages[code] ?? INDEX.languages[base] ?? code ?? "";
}

/** The group of each article that tells the same story as others. */
const GROUPS = new Map(INDEX.groups.flatMap(group => group.members.map(member => [member, group])));

/** Return the articles that tell the same story as one does, and how they differ; null where there are none. */
function groupOf(number) {
  return GROUPS.get(number) ?? null;
}

/** Return the entries' numbers in the order of the list: those that tell one story stand together. */
function ordered() {
  const place = number => Math.min(...(groupOf(number)?.members ?? [number]));
  return ENTRIES.map((_, number) => number).sort((one, other) => place(one) - place(other) || one - other);
}

/** Return what to call the articles of a group: the outlet, else the source's name; where two are the same, with a number. */
function namesOf(group) {
  const plain = group.members.map(member => ENTRIES[member].outlet || ENTRIES[member].source.split(/[\\/]/).at(-1) || "an article");
  const twice = name => plain.filter(other => other === name).length > 1;
  return new Map(group.members.map((member, i) => [member, twice(plain[i]) ? `${plain[i]} (${member + 1})` : plain[i]]));
}
