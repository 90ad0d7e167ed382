// What changed, and how it leaves the page: as a file, or back to the server that the page came from.

const WAYS = { edit: "changed", accepted: "ticked off", removed: "removed" };

/** Say something that a screen reader reads out, too. */
let saying = 0;
function say(words, grave = false) {
  const bar = document.getElementById("said");
  bar.textContent = seen(words);
  bar.classList.toggle("grave", grave);
  bar.classList.add("shown");
  clearTimeout(saying);
  saying = setTimeout(() => bar.classList.remove("shown"), grave ? 12000 : 4000);
}

/** Write how much was changed. */
function tally() {
  const [changes, left] = [changed(), ENTRIES.map((_, number) => number).filter(number => unsaved(number))];
  const total = changes.reduce((sum, number) => sum + changesOf(number).length, 0);
  document.getElementById("changes").textContent = `Changes (${total})`;
  document.getElementById("save").disabled = !left.length && !changes.length;
  document.getElementById("save").classList.toggle("main", left.length > 0);
}

/** Show what was changed. */
function showChanges() {
  const body = document.getElementById("changes-body");
  const numbers = changed();
  body.replaceChildren(...(numbers.length ? numbers.map(changesIn) : [make("p", {}, "Nothing was changed yet. Press e on a line to edit it, a to tick a doubt off.")]));
  if (!keeping) body.prepend(make("p", { class: "finding warning" }, "This browser keeps nothing for this page: save before you close it."));
  openDialog("changes-dialog");
}

function changesIn(number) {
  const digest = digestOf(number);
  const rows = changesOf(number).map(change => make("li", {},
    make("p", {}, make("strong", {}, capital(placed(aboutOf(digest, change), digest))), ` ${WAYS[change.kind]}`, " ", button("Undo", () => { revert(number, change); showChanges(); document.querySelector("#changes-dialog button").focus(); }, { "aria-label": `Undo: ${placed(aboutOf(digest, change), digest)} ${WAYS[change.kind]}` })),
    change.before !== null && change.before !== undefined && make("p", { lang: changeLanguage(digest, change) }, change.kind === "accepted" ? seen(change.before) : make("del", {}, change.before)),
    change.kind === "edit" && make("p", { lang: changeLanguage(digest, change) }, make("ins", {}, change.after ?? ""))));
  return make("section", {}, make("h3", {}, make("span", { lang: tag(digest.article.language) }, ENTRIES[number].headline), unsaved(number) ? " (not saved)" : " (saved)"),
    make("ul", {}, rows), button("Save this one", () => saveOne(number)));
}

/** Return the place that a change is about: of a finding, the place of what it finds. */
function aboutOf(digest, change) {
  return change.kind === "accepted" ? pointed(digest, change.where)?.where ?? "" : change.where;
}

function changeLanguage(digest, change) {
  if (change.kind === "accepted") return null;
  const one = linesOf(digest).flatMap(each => each.fields).find(each => each.where === change.where);
  return one?.language ?? tag(digest.article.language);
}

/** Save everything that was changed. */
async function saveAll() {
  const numbers = ENTRIES.map((_, number) => number).filter(number => unsaved(number));
  if (INDEX.save) {
    for (const number of numbers) if (!await send(number)) return;
    return;
  }
  const all = numbers.length ? numbers : changed();
  if (!all.length) return say("Nothing was changed yet.");
  if (all.length === 1) return download(all, fileName(all[0]), `${JSON.stringify(corrected(all[0]), null, 2)}\n`);
  download(all, "corrected.jsonl", all.map(number => `${JSON.stringify(corrected(number))}\n`).join(""));
}

function saveOne(number) {
  return INDEX.save ? send(number) : download([number], fileName(number), `${JSON.stringify(corrected(number), null, 2)}\n`);
}

/** Return a name for a file that any system takes. */
function fileName(number) {
  const last = ENTRIES[number].source.split(/[\\/]/).at(-1).replace(/\.[A-Za-z0-9]{1,5}$/, "");
  const plain = last.replace(/[^\p{L}\p{N}._ -]+/gu, "-").replace(/^[-. ]+|[-. ]+$/g, "");
  return `${[...plain].slice(0, 60).join("") || "digest"}.corrected.json`;
}

/** Hand a file to the person: nothing leaves the machine. */
function download(numbers, name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = make("a", { download: name });
  link.href = address;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
  numbers.forEach(number => written(number));
  say(`Saved as ${name}, where your browser puts downloads.`);
}

function written(number) {
  WRITTEN.set(number, JSON.stringify(changesOf(number)));
  keep(number);
  listed(number);
  tally();
}

/** Send the changes of a digest to the server; return whether it took them. */
async function send(number) {
  try {
    const sent = await fetch(INDEX.save, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ digest: ENTRIES[number].id, changes: inOrder(changesOf(number)) }) });
    return answered(number, await sent.json());
  } catch {
    say("It could not be saved: nobody answers. Is “summarizer review” still running? Your changes stay in this page.", true);
    return false;
  }
}

/** Show what the server says to the changes. */
function answered(number, answer) {
  if (!answer.ok) {
    OBJECTED.set(number, (answer.findings ?? []).map(finding => ({ ...finding, where: finding.where ?? "", severity: "error" })));
    if (number === chosen) refreshAll(number);
    say(answer.message ?? `It was not saved: ${counted(OBJECTED.get(number).length, "line")} must be mended first, see there.`, true);
    return false;
  }
  OBJECTED.delete(number);
  CHANGES.delete(number);
  STEPS.delete(number);
  WRITTEN.delete(number);
  keep(number);
  if (answer.digest) SAVED.set(number, answer.digest);
  refreshAll(number);
  say("Saved.");
  return true;
}

/** Ask before the page is left with changes that are not saved. */
function leaving(event) {
  if (ENTRIES.some((_, number) => unsaved(number))) event.preventDefault();
}
