// What strangers wrote becomes text nodes and nothing else; offsets are code points, JavaScript's are UTF-16 units.

/** Controls do not print, and bidirectional marks print other text than there is: both are shown as U+FFFD. */
const UNSEEN = /[\0-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** A line break that stands between two characters of Han or their punctuation is no space. */
const WRAP = /([\p{Script=Han}\u3000-\u303f\uff00-\uff65])\n(?=[\p{Script=Han}\u3000-\u303f\uff00-\uff65])/gu;

/** Return text as it is shown. */
function seen(text) {
  return String(text ?? "").replace(WRAP, "$1").replace(UNSEEN, "\ufffd");
}

/** Return a new element; each child is an element, or text. Attributes that are null or false are left out; an element in
    a language that is written from the right runs from there, whatever stands around it. */
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    element.setAttribute(key, value === true ? "" : seen(value));
    if (key === "lang" && INDEX.from_right.includes(value)) element.dir = "rtl";
  }
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    element.append(child instanceof Node ? child : seen(child));
  }
  return element;
}

/** Return the marks of a language's print. */
function marksOf(code) {
  return INDEX.marks[code] ?? INDEX.marks[String(code ?? "").split(/[-_]/)[0]] ?? INDEX.marks.en;
}

/** Return words in the marks of a language's print, as summarizer/render/marks.py does it. */
function inMarks(text, code) {
  const { outer, inner } = marksOf(code);
  const holds = outer.some(mark => text.includes(mark.trim()));
  const [opening, closing] = holds && !text.includes(inner[0].trim()) ? inner : outer;
  return `${opening}${text}${closing}`;
}

/** Return a line that was written for a digest with the no-break spaces that its print has inside its marks. */
function spaced(text, code) {
  let told = text ?? "";
  for (const [opening, closing] of Object.values(marksOf(code))) {
    if (opening !== opening.trim()) told = told.replaceAll(`${opening.trim()} `, opening).replaceAll(` ${closing.trim()}`, closing);
  }
  return told;
}

/** Return what stands in the marks around a whole text; "" where there are none. */
function bare(text) {
  for (const [opening, closing] of INDEX.worn) {
    const inside = text.slice(1, -1).trim();
    if (inside && text.startsWith(opening) && text.endsWith(closing) && !inside.includes(opening) && !inside.includes(closing)) return inside;
  }
  return "";
}

/** Return a button that does something when it is pressed. */
function button(label, act, attributes = {}) {
  const element = make("button", { type: "button", ...attributes }, label);
  element.addEventListener("click", event => { event.stopPropagation(); act(event); });
  return element;
}

/** A text that is cut at code points. */
class Letters {
  constructor(text) {
    this.text = text;
    this.starts = /[\ud800-\udfff]/.test(text) ? Letters.#starts(this.text) : null;
    this.length = this.starts ? this.starts.length - 1 : this.text.length;
  }

  /** Return where in UTF-16 each code point begins, and the end. */
  static #starts(text) {
    const starts = [];
    let at = 0;
    for (const letter of text) {
      starts.push(at);
      at += letter.length;
    }
    starts.push(at);
    return starts;
  }

  slice(start, end) {
    const [from, to] = [start, end].map(place => Math.min(Math.max(place, 0), this.length));
    return this.starts ? this.text.slice(this.starts[from], this.starts[to]) : this.text.slice(from, to);
  }
}

/** Return the tag of a text for fonts and voices: Chinese without a script is simplified but in three regions. */
function tag(code) {
  return /^zh$/i.test(code ?? "") ? "zh-Hans" : (code || "und").replace(/^zh-(TW|HK|MO)$/i, "zh-Hant-$1");
}

/** Return a number of things in words. */
function counted(number, one, many = `${one}s`) {
  return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}

/** Return words with a capital at their start. */
function capital(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Return an ISO date as people write it; what is none stays as it is. */
function day(published) {
  const found = /^(\d{4})-(\d\d)-(\d\d)/.exec(published ?? "");
  const made = found && new Date(Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3])));
  if (!made || Number.isNaN(made.getTime())) return seen(published);
  return made.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
}
