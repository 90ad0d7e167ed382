// Print: the digest as a clean document, of the article that is shown or of all that are listed.

let wholeRun = false;

/** Print what was asked for. */
function printed(all) {
  wholeRun = all;
  document.body.classList.toggle("with-article", document.getElementById("print-article").checked);
  document.getElementById("print-dialog").close();
  print();
}

/** Return the sentences that the lines of the digest which is shown rest on, for a print without the article. */
function cited(number) {
  const { article } = digestOf(number);
  const letters = new Letters(article.text);
  const left = [...shown.values()].filter(one => changeOf(number, one.where, "removed") === null);
  const numbers = [...new Set(left.flatMap(one => one.sentences))].sort((one, other) => one - other);
  const lines = numbers.map(at => make("p", { lang: tag(article.language) }, make("span", { class: "number" }, `${at + 1} `), letters.slice(...article.sentences[at])));
  return make("section", { class: "cited" }, lines.length > 0 && make("h3", {}, "Sentences cited"), lines);
}

/** Put all listed digests beneath each other; what is on the screen stays as it is. */
function beforePrint() {
  const paper = document.getElementById("paper");
  const [number, kept, lines] = [chosen, current, shown];
  const sheets = (wholeRun ? inList() : [chosen]).map(each => {
    showDigest(each);
    showArticle(each);
    const sheet = make("article", { class: "sheet" });
    sheet.append(pane("digest").cloneNode(true), pane("article").cloneNode(true), cited(each));
    for (const named of sheet.querySelectorAll("[id]")) named.removeAttribute("id");
    return sheet;
  });
  paper.replaceChildren(...sheets);
  showDigest(number);
  showArticle(number);
  shown = lines;
  const box = kept?.dataset.where === undefined ? null : boxOf(kept.dataset.where);
  current = null;
  if (box) become(box, false);
}

function afterPrint() {
  document.getElementById("paper").replaceChildren();
  wholeRun = false;
}
