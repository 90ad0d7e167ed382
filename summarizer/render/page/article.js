// The article: its sentences numbered, its quotes, figures and people marked at their spans.

/** Return the spans of a digest that are marked: [start, end, kind, number of it]. */
function marked(digest) {
  const quotes = digest.quotes.map((quote, i) => [quote.start, quote.end, "quote", i]);
  const people = digest.quotes.flatMap((quote, i) => (quote.speaker && quote.speaker.start !== null && quote.speaker.end !== null ? [[quote.speaker.start, quote.speaker.end, "person", i]] : []));
  const figures = digest.figures.map((figure, i) => [figure.start, figure.end, figure.suspect ? "suspect" : "figure", i]);
  return [...quotes, ...people, ...figures].filter(([start, end]) => start < end).sort((one, other) => one[0] - other[0]);
}

/** Return the paragraphs of an article. */
function paragraphs(digest) {
  const letters = new Letters(digest.article.text);
  const marks = marked(digest);
  const made = [make("p")];
  let at = 0;
  digest.article.sentences.forEach(([from, end], number) => {
    const start = Math.max(from, at);
    between(letters.slice(at, start), made);
    if (end > start) made.at(-1).append(sentence(letters, [start, end], number, marks));
    at = Math.max(at, end);
  });
  between(letters.slice(at, letters.length), made);
  return made.filter(paragraph => paragraph.hasChildNodes());
}

/** Add what stands between two sentences; a line break there begins a paragraph. */
function between(gap, made) {
  gap.split(/\n/).forEach((words, i) => {
    if (i) made.push(make("p"));
    if (words) made.at(-1).append(seen(words));
  });
}

function sentence(letters, [start, end], number, marks) {
  const inside = marks.filter(([from, to]) => from < end && start < to);
  const cuts = new Set([start, end, ...inside.flatMap(([from, to]) => [from, to]).filter(place => start < place && place < end)]);
  const places = [...cuts].sort((one, other) => one - other);
  const pieces = places.slice(1).map((to, i) => piece(letters.slice(places[i], to), inside.filter(([s, e]) => s <= places[i] && to <= e)));
  return make("span", { class: "sentence", "data-sentence": number, tabindex: "-1" },
    make("span", { class: "number", "aria-hidden": "true" }, String(number + 1)), pieces);
}

/** Return a piece of the text with the marks over it. */
function piece(text, marks) {
  if (!marks.length) return text;
  const kinds = new Set(marks.map(([, , kind]) => kind));
  const numbers = kind => marks.filter(mark => mark[2] === kind).map(mark => mark[3]).join(" ");
  return make("span", { class: [...kinds].join(" "), "data-quotes": numbers("quote") || null, "data-figures": numbers("figure") || numbers("suspect") || null },
    text);
}

/** Show the article of a digest. */
function showArticle(number) {
  const digest = digestOf(number);
  const { article } = digest;
  const region = document.getElementById("article");
  region.replaceChildren(
    make("h2", { id: "article-title", lang: article.title ? tag(article.language) : null }, article.title || "The article"),
    make("p", { class: "byline" }, byline(digest)),
    make("p", { class: "legend", "aria-hidden": "true" }, make("span", { class: "quote" }, "quote"), make("span", { class: "figure" }, "figure"),
      make("span", { class: "person" }, "speaker")),
    make("div", { class: "text", lang: tag(article.language) }, paragraphs(digest)),
  );
  region.querySelector(".sentence")?.setAttribute("tabindex", "0");
  region.scrollTop = 0;
}

/** Return where an article comes from. */
function byline(digest) {
  const { article } = digest;
  const own = { lang: tag(article.language) };
  const known = [article.outlet && make("span", own, article.outlet), day(article.published), article.author && make("span", own, article.author),
    language(article.language), address(article.url) ?? pathOf(article.source)].filter(Boolean);
  return known.flatMap((part, i) => (i ? [" · ", part] : [part]));
}

/** Return the file that an article was read from; nothing of one that came through standard input. */
function pathOf(source) {
  return source === "-" ? null : make("span", { class: "path" }, source);
}

/** Return a link to where an article was published; what is no address of the web is none. */
function address(url) {
  if (!/^https?:\/\//i.test(url ?? "")) return null;
  return make("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, url);
}
