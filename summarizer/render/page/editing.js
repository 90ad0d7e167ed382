// Correcting: a line is edited, a doubt ticked off, a line removed; each step can be undone.

/** Show a digest's line as it stands now, and all that counts changes. */
function refresh(number, where) {
  tally();
  listed(number);
  if (number !== chosen) return;
  const boxes = [...pane("digest").querySelectorAll(".line")].filter(box => !where || within(where, box.dataset.where) || box.dataset.where === where);
  boxes.forEach(box => fill(number, box));
}

/** Show everything of a digest as it stands now; the same line stays the current one. */
function refreshAll(number) {
  tally();
  listed(number);
  if (number !== chosen) return;
  const [where, top] = [current?.dataset.where, pane("digest").scrollTop];
  showDigest(number);
  pane("digest").scrollTop = top;
  const box = where !== undefined && boxOf(where);
  if (box) become(box);
}

function boxOf(where) {
  return [...pane("digest").querySelectorAll(".line")].find(box => box.dataset.where === where) ?? null;
}

/** Open the editor of a line. */
function edit(number, where) {
  const box = boxOf(where);
  const one = shown.get(where);
  if (!box || !one.fields.length || changeOf(number, where, "removed") || box.querySelector(".editor")) return;
  become(box);
  const inputs = one.fields.map(each => editorOf(number, each));
  const save = () => { if (change(number, new Map(inputs.map(each => [each.dataset.field, each.value])))) close(); };
  const close = () => { const now = boxOf(where); fill(number, now); become(now); };
  const editor = make("div", { class: "editor", role: "group", "aria-label": `Edit ${placed(where, digestOf(number))}` },
    inputs.map((each, i) => make("label", {}, make("span", { class: "label" }, one.fields[i].label), each)),
    make("div", { class: "row" }, button("Keep the change", save, { class: "main" }), button("Leave it", close), make("span", { class: "quiet" }, "Enter keeps, Esc leaves")));
  editor.addEventListener("keydown", event => {
    if (event.isComposing || event.keyCode === 229) return; // Enter there chooses a Chinese character
    if (event.key === "Enter" && event.target.matches("textarea")) { event.preventDefault(); save(); }
    if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); close(); }
  });
  box.classList.add("editing");
  box.querySelector(".tools")?.before(editor);
  (inputs.find(each => each.dataset.field.endsWith("/target")) ?? inputs[0]).focus();
}

function editorOf(number, one) {
  if (one.choices?.length) return chooserOf(number, one);
  const input = make("textarea", { lang: one.language, rows: "1", "data-field": one.where, spellcheck: "true" });
  input.value = valueOf(number, one.where) ?? "";
  input.rows = Math.min(8, 1 + Math.floor(input.value.length / (/^zh/.test(one.language) ? 22 : 44)));
  return input;
}

/** Return the editor of a field that is one of a list. */
function chooserOf(number, one) {
  const chooser = make("select", { lang: one.language, "data-field": one.where }, one.choices.map(each => make("option", {}, each)));
  chooser.value = valueOf(number, one.where);
  return chooser;
}

/** Take what was typed, and return whether it could be taken. */
function change(number, given) {
  const digest = digestOf(number);
  const made = new Map();
  for (const [where, typed] of given) {
    const now = cleaned(where, typed);
    if (now === (valueOf(number, where) ?? "")) continue;
    const why = refusal(digest, where, now);
    if (why) return say(why, true), false;
    for (const [place, words] of [[where, now || null], ...elsewhere(number, where, now)]) if (!made.has(place)) made.set(place, words);
  }
  if (!made.size) return true;
  const changes = [...made].map(([where, after]) => ({ where, before: pointed(digest, where) ?? null, after, kind: "edit" }));
  step(number, changes.filter(one => one.after !== one.before), one => one.kind === "edit" && made.has(one.where));
  OBJECTED.delete(number);
  refreshAll(number);
  say(made.size > given.size || ![...made.keys()].every(where => given.has(where)) ? "Changed here and where the same line stands again. Press u to undo." : "Changed. Press u to undo.");
  return true;
}

/** Return what was typed as a digest has it: on one line; a quote as the article has it. */
function cleaned(where, typed) {
  return /^\/quotes\/\d+\/text$/.test(where) ? typed.trim() : typed.replace(/\s+/g, " ").trim();
}

/** Return why words cannot stand at a place; "" where they can. */
function refusal(digest, where, now) {
  if (/^\/quotes\/\d+\/text$/.test(where) && !digest.article.text.includes(now)) return "The article does not have these words: a quote can only become another passage of it.";
  const one = shown.get(where.replace(/\/text$/, ""))?.fields[0];
  if (CUT.has(one?.proof) && !cutOf(digest, one.proof, now, 0)) return `The article does not have this: ${one.title} can only become another passage of it${one.proof === "figure" ? ", with a figure in it" : ""}.`;
  if (!/[\p{L}\p{N}]/u.test(now) && !/\/(role|organisation)$/.test(where)) return "There is no word in this line: write it, or remove the line.";
  return "";
}

/** Return the same line where the digest has it again: a key point is the source line of a brief, and of the abstract. */
function elsewhere(number, where, now) {
  const [digest, before] = [digestOf(number), valueOf(number, where)];
  if (!before || !/^\/summary\/(headline|key_points\/\d+\/text)$|^\/briefs\/\d+\/(headline|segments\/\d+)\/source$/.test(where)) return [];
  const places = linesOf(digest).filter(one => one.kind !== "quote").flatMap(one => one.fields.map(each => each.where));
  const same = places.filter(place => place !== where && !place.endsWith("/target") && valueOf(number, place) === before).map(place => [place, now]);
  const abstract = valueOf(number, "/summary/abstract");
  return abstract !== before && abstract.includes(before) && !where.includes("headline") ? [...same, ["/summary/abstract", abstract.replace(before, () => now)]] : same;
}

/** Tick a finding off, or no longer. */
function accept(number, finding, yes) {
  const made = { where: finding.at, before: finding.message, after: null, kind: "accepted" };
  step(number, yes ? [made] : [], one => !yes && one.kind === "accepted" && one.where === finding.at);
  refreshAll(number);
  say(yes ? "Ticked off. Press u to undo." : "Open again.");
}

/** Tick off the first open finding of a line; open them again where none is. */
function acceptAt(number, where) {
  const about = findingsAt(number, where).filter(finding => finding.at && finding.severity !== "info" && !overtaken(number, finding) && !proven(finding));
  if (!about.length) return say(findingsAt(number, where).some(finding => open(number, finding)) ? "This cannot be right: correct the line, or remove it." : "There is no doubt to tick off at this line.");
  const first = about.find(finding => open(number, finding));
  accept(number, first ?? about.at(-1), Boolean(first));
}

/** Remove a line. */
function drop(number, where) {
  if (!shown.get(where)?.removable) return say("This line cannot be removed; edit it.");
  step(number, [{ where, before: spoken(pointed(digestOf(number), where)), after: null, kind: "removed" }]);
  refresh(number, where);
  say("Removed. Press u to undo.");
}

/** Remove the lines of a row in one step. */
function dropAll(number, places) {
  step(number, places.map(where => ({ where, before: pointed(digestOf(number), where).text, after: null, kind: "removed" })));
  refreshAll(number);
  say("Row removed. Press u to undo.");
}

/** Return the words of an entry that is removed. */
function spoken(value) {
  return value.text ?? value.target ?? null;
}

/** Put a removed line back. */
function restore(number, where) {
  step(number, [], one => one.kind === "removed" && one.where === where);
  refresh(number, where);
  say("Put back.");
}

/** Take back one change. */
function revert(number, change) {
  step(number, [], one => one.kind === change.kind && one.where === change.where);
  refreshAll(number);
}

/** Go one step back. */
function undo() {
  OBJECTED.delete(chosen);
  say(back(chosen) ? "Undone." : "There is nothing to undo here.");
  refreshAll(chosen);
}
