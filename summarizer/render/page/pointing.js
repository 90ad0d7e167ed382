// Pointing at a line lights the sentences that say it, and pointing at a sentence the lines that it supports.

/** The digest that is shown, and the line that is current. */
let chosen = 0;
let current = null;
let waiting = 0;

const pane = name => document.getElementById(name);

/** Light what belongs to a line, in the article, or to a sentence, in the digest. */
function light(from) {
  for (const lit of document.querySelectorAll(".lit")) lit.classList.remove("lit");
  if (!from) return [];
  const lit = from.dataset.where === undefined ? supported(from) : supporting(shown.get(from.dataset.where));
  for (const one of [from, ...lit]) one.classList.add("lit");
  return lit;
}

/** Return the sentences that say a line, and a quote's or figure's own words. */
function supporting(one) {
  const found = one.sentences.map(number => pane("article").querySelector(`[data-sentence="${number}"]`));
  const [, list, at] = one.where.split("/");
  const exact = list === "quotes" || list === "figures" ? pane("article").querySelectorAll(`[data-${list}~="${Number(at)}"]`) : [];
  return [...found, ...exact].filter(Boolean);
}

/** Return the lines that a sentence supports. */
function supported(element) {
  const number = Number(element.dataset.sentence);
  return [...pane("digest").querySelectorAll(".line")].filter(box => shown.get(box.dataset.where).sentences.includes(number));
}

/** Have the first of some elements in view, in the pane that holds it. */
function reveal(elements, gently = true) {
  const first = elements[0];
  const holder = first?.closest(".pane");
  if (!holder || !first.offsetParent) return;
  const [inner, outer] = [first.getBoundingClientRect(), holder.getBoundingClientRect()];
  if (elements.some(one => { const r = one.getBoundingClientRect(); return r.top >= outer.top && r.bottom <= outer.bottom; })) return;
  const calm = !gently || matchMedia("(prefers-reduced-motion: reduce)").matches;
  holder.scrollBy({ top: inner.top - outer.top - outer.height / 4, behavior: calm ? "instant" : "smooth" });
}

/** Light what the pointer is over, and bring it into view when it stays there. */
function over(event) {
  if (event.pointerType === "touch") return;
  const target = event.target.closest("[data-where].line, [data-sentence]");
  clearTimeout(waiting);
  if (!target) return;
  const lit = light(target);
  waiting = setTimeout(() => reveal(lit), 220);
}

/** Light the current line again when the pointer leaves. */
function out() {
  clearTimeout(waiting);
  light(current?.isConnected ? current : null);
}

/** Make a line or sentence the current one: lit, its opposite in view, reached again by the tab key. */
function become(element, focus = true) {
  const holder = element.closest(".pane");
  for (const one of holder.querySelectorAll(".line[tabindex='0'], .sentence[tabindex='0']")) one.setAttribute("tabindex", "-1");
  for (const one of document.querySelectorAll(".current")) one.classList.remove("current");
  element.setAttribute("tabindex", "0");
  element.classList.add("current");
  const fresh = current !== element;
  current = element;
  const lit = light(element);
  if (focus) element.focus({ preventScroll: true });
  reveal([element], false);
  reveal(lit);
  if (fresh) peek(element);
}

/** Show beneath a line what the article says, where the two do not stand beside each other. */
function peek(element) {
  for (const old of document.querySelectorAll(".peek")) old.remove();
  const one = shown.get(element.dataset.where ?? "");
  const box = one ? one.sentences.length && sourceSays(chosen, one.sentences) : saidIn(element);
  if (!box) return;
  box.classList.add("peek");
  if (one) element.append(box);
  else element.closest("p").after(box);
}

/** Return buttons that lead from a sentence to the lines that rest on it. */
function saidIn(element) {
  const lines = supported(element);
  return make("div", { class: "source" }, make("p", { class: "label" }, lines.length ? "In the digest:" : "Nothing in the digest rests on this sentence."),
    lines.map(box => button(capital(placed(box.dataset.where, digestOf(chosen))), () => { view("digest"); become(box); })));
}

/** Show where a line comes from, in the article's own pane. */
function toSource(one) {
  view("article");
  const first = pane("article").querySelector(`[data-sentence="${one.sentences[0]}"]`);
  if (first) become(first);
}

/** Show one of the panes where there is room for one only. */
function view(name) {
  document.body.dataset.view = name;
  for (const each of document.querySelectorAll("[data-show]")) each.setAttribute("aria-pressed", String(each.dataset.show === name));
}

function watch() {
  for (const name of ["article", "digest"]) {
    pane(name).addEventListener("pointerover", over);
    pane(name).addEventListener("pointerleave", out);
    pane(name).addEventListener("click", event => {
      const target = event.target.closest(".line, .sentence");
      if (target && !event.target.closest("button, a, input, textarea, label") && !getSelection().toString()) become(target);
    });
    pane(name).addEventListener("focusin", event => {
      if (event.target.matches(".line, .sentence") && event.target !== current) become(event.target, false);
    });
  }
}
