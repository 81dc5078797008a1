// Marks of the articles: filters by type, cause and article; keys that go from mark to mark.
(() => {
  const form = document.querySelector("form.filters");
  if (!form) return;
  const section = document.getElementById("articles");
  const articles = Array.from(section.querySelectorAll("article"));
  const marks = Array.from(section.querySelectorAll("article span[class]"));
  const said = document.querySelector(".said");
  const field = (name) => form.querySelector(`[data-filter="${name}"]`);
  const has = (list, value) => value === "" || (list || "").split(" ").includes(value);
  let shown = marks;
  let at = -1;
  const leave = () => {
    if (at >= 0 && shown[at]) shown[at].classList.remove("at");
    at = -1;
    said.hidden = true;
  };
  const show = () => {
    leave();
    const [type, cause, doc] = ["type", "cause", "doc"].map((name) => field(name).value);
    const narrow = type !== "" || cause !== "";
    section.classList.toggle("dim", narrow);
    shown = marks.filter((mark) => {
      const hit = has(mark.dataset.t, type) && has(mark.dataset.c, cause);
      mark.classList.toggle("hit", narrow && hit);
      return hit && (narrow || mark.dataset.c !== undefined);
    });
    const holders = new Set(shown.map((mark) => mark.closest("article")));
    articles.forEach((article) => {
      article.hidden = (doc !== "" && article.id !== doc) || (narrow && !holders.has(article));
    });
    shown = shown.filter((mark) => !mark.closest("article").hidden);
    form.querySelector("output").textContent = narrow || doc ? `${shown.length} marks` : "";
  };
  const go = (step) => {
    if (!shown.length) return;
    if (at >= 0) shown[at].classList.remove("at");
    at = at < 0 ? (step > 0 ? 0 : shown.length - 1) : (at + step + shown.length) % shown.length;
    const mark = shown[at];
    mark.classList.add("at");
    mark.scrollIntoView({ block: "center" });
    said.textContent = `${mark.textContent.trim()}\n${mark.title}`;
    said.hidden = false;
  };
  const other = () => {
    if (at < 0) return;
    const side = shown[at].closest(".side");
    const beside = Array.from(side.parentElement.children).find((one) => one !== side);
    const place = (mark) => {
      const range = document.createRange();
      range.setStart(mark.closest(".text") || mark.parentElement, 0);
      range.setEndBefore(mark);
      return range.toString().length;
    };
    const wanted = place(shown[at]);
    const found = Array.from(beside.querySelectorAll(".text span[class]"))
      .map((mark) => [Math.abs(place(mark) - wanted), mark]).sort(([a], [b]) => a - b)[0];
    if (!found) return;
    shown[at].classList.remove("at");
    if (!shown.includes(found[1])) shown = [...shown.slice(0, at + 1), found[1], ...shown.slice(at + 1)];
    at = shown.indexOf(found[1]) - 1;
    go(1);
  };
  form.hidden = false;
  form.addEventListener("input", show);
  form.addEventListener("reset", () => setTimeout(show));
  form.addEventListener("submit", (event) => event.preventDefault());
  document.querySelectorAll("a[data-cause]").forEach((link) => link.addEventListener("click", () => {
    form.reset();
    field("cause").value = link.dataset.cause;
    show();
  }));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select")) return;
    const act = { j: () => go(1), k: () => go(-1), o: other, Escape: () => form.reset() }[event.key];
    if (act) act();
  });
  show();
})();
