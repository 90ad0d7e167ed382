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
  if (!box || !one.fields.length || changeOf(number, where, "removed") || box.querySelector("form, .editor")) return;
  become(box);
  const inputs = one.fields.map(each => editorOf(number, each));
  const save = () => { const given = new Map(inputs.map(each => [each.dataset.field, each.value])); close(); change(number, given); };
  const close = () => { editor.remove(); fill(number, box); become(box); };
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
  const input = make("textarea", { lang: one.language, rows: "1", "data-field": one.where, spellcheck: "true" });
  input.value = valueOf(number, one.where) ?? "";
  input.rows = Math.min(8, 1 + Math.floor(input.value.length / (/^zh/.test(one.language) ? 22 : 44)));
  return input;
}

/** Take what was typed: one line each, and nothing where it is what stood there. */
function change(number, given) {
  const digest = digestOf(number);
  const made = new Map();
  for (const [where, typed] of given) {
    const [before, after] = [pointed(digest, where), typed.replace(/\s+/g, " ").trim()];
    if (after === (valueOf(number, where) ?? "")) continue;
    for (const [place, was, now] of [[where, before, after || (before === null ? null : after)], ...elsewhere(digest, where, before, after)]) if (!made.has(place)) made.set(place, [was, now]);
  }
  if (!made.size) return;
  const changes = [...made].map(([where, [before, after]]) => ({ where, before, after, kind: "edit" }));
  const undone = change => change.kind === "edit" && made.has(change.where);
  step(number, changes.filter(one => one.after !== one.before), undone);
  OBJECTED.delete(number);
  for (const where of made.keys()) refresh(number, where);
  say(made.size > 1 && made.size > given.size ? "Changed here and where the same line stands again. Press u to undo." : "Changed. Press u to undo.");
}

/** Return the same line where the digest has it again: a key point is the source line of each brief. */
function elsewhere(digest, where, before, after) {
  if (!before || !/^\/summary\/(headline|key_points\/\d+\/text)$|^\/briefs\/\d+\/(headline|segments\/\d+)\/source$/.test(where)) return [];
  const places = [...linesOf(digest).filter(one => one.kind !== "quote").flatMap(one => one.fields.map(each => each.where))];
  return places.filter(place => place !== where && !place.endsWith("/target") && pointed(digest, place) === before).map(place => [place, before, after]);
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
  const about = findingsAt(number, where).filter(finding => finding.at && finding.severity !== "info" && !overtaken(number, finding));
  if (!about.length) return say("There is no doubt to tick off at this line.");
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
