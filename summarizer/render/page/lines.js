// A digest as lines: what can be pointed at, corrected and doubted, each with its JSON pointer and its evidence.

/** Return the value that a JSON pointer (RFC 6901) leads to; undefined where there is none. */
function pointed(value, where) {
  const parts = where.split("/").slice(1).map(part => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  return parts.reduce((inner, part) => (inner !== null && typeof inner === "object" && Object.hasOwn(inner, part) ? inner[part] : undefined), value);
}

/** Put a value where a JSON pointer leads to. */
function put(value, where, after) {
  const at = where.lastIndexOf("/");
  const holder = pointed(value, where.slice(0, at));
  const name = where.slice(at + 1).replaceAll("~1", "/").replaceAll("~0", "~");
  if (holder && Object.hasOwn(holder, name)) holder[name] = after;
}

/** How a field is proved whose values are cut out of the article. */
const CUT = new Set(["quote", "name", "figure", "date"]);

/** Tell whether a JSON pointer leads to a place or into it. */
function within(where, place) {
  return where === place || where.startsWith(`${place}/`);
}

/** Return the lines of a digest in the order in which they are read. */
function linesOf(digest) {
  const { summary, quotes, figures, briefs, sections } = digest;
  const own = summary.language;
  const made = [
    line("/summary/headline", "headline", [field("/summary/headline", "Headline", own)], stated(digest, summary.headline)),
    line("/summary/abstract", "abstract", [field("/summary/abstract", "Abstract", own)], stated(digest, summary.abstract)),
  ];
  summary.key_points.forEach((point, i) => {
    const where = `/summary/key_points/${i}`;
    made.push(line(where, "point", [field(`${where}/text`, "Key point", own)], point.evidence, true));
  });
  quotes.forEach((quote, i) => made.push(quoteLine(digest, quote, `/quotes/${i}`)));
  briefs.forEach((brief, i) => {
    made.push(pairLine(brief, brief.headline, `/briefs/${i}/headline`, "title", stated(digest, brief.headline.source)));
    brief.segments.forEach((segment, n) => made.push(pairLine(brief, segment, `/briefs/${i}/segments/${n}`, "pair", segment.evidence)));
  });
  sections.forEach((own, i) => own.rows.forEach((row, n) => row.values.forEach((value, at) =>
    made.push(valueLine(digest, own, value, `/sections/${i}/rows/${n}/values/${at}`)))));
  figures.forEach((figure, i) => {
    const where = `/figures/${i}`;
    if (figure.suspect || digest.findings.some(finding => within(finding.where, where))) made.push(line(where, "figure", [], [[figure.start, figure.end]]));
  });
  return made;
}

function line(where, kind, fields, evidence, removable = false) {
  return { where, kind, fields, evidence, removable };
}

function field(where, label, code) {
  return { where, label, code, language: tag(code) };
}

function quoteLine(digest, quote, where) {
  const own = digest.article.language;
  const said = ["name", "role", "organisation"].map(part => field(`${where}/speaker/${part}`, part === "name" ? "Speaker" : capital(part), own));
  const told = Object.keys(quote.translations).map(code =>
    field(`${where}/translations/${code.replaceAll("~", "~0").replaceAll("/", "~1")}`, `${language(code)} translation`, code));
  return line(where, "quote", [field(`${where}/text`, "Quote: a passage of the article", own), ...said, ...told], [[quote.start, quote.end]], true);
}

/** Return the line of a value of a section; what was cut out can only become another passage. */
function valueLine(digest, own, value, where) {
  const kind = own.fields.find(one => one.name === value.field) ?? { title: value.field, titles: {}, proof: "", choices: [] };
  const label = CUT.has(kind.proof) ? `${kind.title}: as the article prints it` : kind.title;
  return line(where, "value", [{ ...field(`${where}/text`, label, digest.article.language), title: kind.title, titles: kind.titles, proof: kind.proof, choices: kind.choices }], value.evidence, true);
}

/** Return a title in each language of the digest, as summarizer/render/sections.py does it. */
function labelOf(digest, title, titles) {
  const codes = [digest.article.language, ...digest.briefs.map(brief => brief.target_language)];
  return [...new Set(codes.map(code => (titles && Object.hasOwn(titles, code) ? titles[code] : title)))].join(" / ");
}

function pairLine(brief, pair, where, kind, evidence) {
  const fields = [field(`${where}/source`, language(brief.source_language), brief.source_language),
    field(`${where}/target`, language(brief.target_language), brief.target_language)];
  return line(where, kind, fields, evidence, kind === "pair");
}

/** Return what a headline or abstract rests on: the digest says it only of the lines that its sentences became. */
function stated(digest, text) {
  const told = [...digest.summary.key_points.map(point => [point.text, point.evidence]),
    ...digest.briefs.flatMap(brief => brief.segments.map(segment => [segment.source, segment.evidence]))];
  const found = told.filter(([words]) => words && text.includes(words)).flatMap(([, evidence]) => evidence);
  const letters = new Letters(digest.article.text);
  const same = digest.article.sentences.filter(([start, end]) => {
    const sentence = letters.slice(start, end);
    return sentence.length > 1 && (text.includes(sentence) || (sentence.includes(text) && text));
  });
  return [...found, ...same];
}

/** Return which sentences of the article spans of its text touch, from 0. */
function sentencesOf(digest, spans) {
  const touched = [];
  digest.article.sentences.forEach(([start, end], number) => {
    if (spans.some(([from, to]) => start < to && from < end)) touched.push(number);
  });
  return touched;
}

/** Return where something stands, as summarizer/render/words.py says it: "Italian brief, line 3". */
function placed(where, digest) {
  const [first, ...rest] = where.split("/").slice(1);
  const named = { summary: inSummary, quotes: inQuotes, figures: (at, within) => nth(at[0], within.figures, "figure"), briefs: inBriefs, sections: inSections,
    article: at => (at[0] === "title" ? "the article's title" : "the article"), provenance: () => "how it was made" };
  return Object.hasOwn(named, first ?? "") ? named[first](rest, digest) : "the whole digest";
}

/** Return an entry of a list in words; the list where there is no such entry. */
function nth(at, list, one) {
  return /^\d{1,8}$/.test(at ?? "") && Number(at) < list.length ? `${one} ${Number(at) + 1}` : `${one}s`;
}

function inSummary([part, at], digest) {
  if (part === "key_points") return nth(at, digest.summary.key_points, "key point");
  return part === "headline" || part === "abstract" ? part : "summary";
}

function inQuotes([at, part, name], digest) {
  const quote = nth(at, digest.quotes, "quote");
  if (part === "translations" && name) return `${quote}, ${language(name)} translation`;
  return part === "speaker" ? `${quote}, speaker` : quote;
}

/** Return the title of a value's field. */
function fieldOf(section, value) {
  return section.fields.find(one => one.name === value.field)?.title ?? "";
}

function inSections([at, list, row, , value], digest) {
  const own = digest.sections[at];
  if (!own) return "sections";
  const told = list === "rows" ? own.rows[row] : undefined;
  if (!told) return own.title;
  return [own.title, `row ${Number(row) + 1}`, told.values[value] && fieldOf(own, told.values[value])].filter(Boolean).join(", ");
}

function inBriefs([at, part, ...rest], digest) {
  const brief = digest.briefs[at];
  if (!brief) return "briefs";
  const name = `${language(brief.target_language)} brief`;
  const side = rest.at(-1) === "source" ? `, ${language(brief.source_language)} side` : "";
  if (part === "headline") return `${name}, headline${side}`;
  return part === "segments" && brief.segments[rest[0]] ? `${name}, line ${Number(rest[0]) + 1}${side}` : name;
}
