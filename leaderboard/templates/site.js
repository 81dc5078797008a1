// Filters of a table of systems.
document.querySelectorAll("form.filters").forEach((form) => {
  const rows = Array.from(document.querySelectorAll("table.systems tbody tr"));
  const field = (name) => form.querySelector(`[data-filter="${name}"]`);
  const show = () => {
    const name = field("name").value.trim().toLowerCase();
    const kind = field("kind").value;
    const unseen = field("unseen").checked;
    rows.forEach((row) => {
      row.hidden = !row.dataset.name.includes(name) || (kind && row.dataset.kind !== kind)
        || (unseen && row.dataset.use !== "none");
    });
    const left = rows.filter((row) => !row.hidden).length;
    form.querySelector("output").textContent = left === rows.length ? "" : `${left} of ${rows.length} shown`;
  };
  form.hidden = false;
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
});
// Two systems side by side; the address keeps the choice: compare.html#test/a/b
const holder = document.getElementById("data");
if (holder) {
  const data = JSON.parse(holder.textContent);
  const form = document.querySelector("form.compare");
  const [split, a, b] = ["split", "a", "b"].map((name) => form.elements[name]);
  const fill = (select, options, wanted) => {
    select.replaceChildren(...options.map(([value, label]) => new Option(label, value)));
    if (options.some(([value]) => value === wanted)) select.value = wanted;
  };
  const percent = (x) => (x === null || x === undefined ? "\u2014" : (100 * x).toFixed(1));
  const apart = (x, y) => {
    if ([x, y].some((z) => z === null || z === undefined)) return "\u2014";
    const size = Math.abs(100 * (y - x)).toFixed(1);
    return (size === "0.0" ? "" : y > x ? "+" : "\u2212") + size;
  };
  const row = (table, cells) => {
    const line = table.tBodies[0].insertRow();
    cells.forEach((text, n) => {
      const cell = document.createElement(n ? "td" : "th");
      if (!n) cell.scope = "row";
      else if (n < 4) cell.className = "number";
      cell.textContent = text;
      line.append(cell);
    });
  };
  const draw = () => {
    const scores = data.scores[split.value];
    const [one, other] = [scores[a.value], scores[b.value]];
    const tables = ["comparison", "comparison-types"].map((name) => document.querySelector(`table.${name}`));
    tables.forEach((table) => table.tBodies[0].replaceChildren());
    data.metrics.filter((metric) => metric in one && metric in other).forEach((metric) => {
      const better = data.better[`${split.value} ${metric}`];
      const shown = better[a.value].includes(b.value) ? "A is better" : better[b.value].includes(a.value) ? "B is better" : data.untested.includes(metric) ? "not tested" : "no difference shown";
      row(tables[0], [metric, percent(one[metric].f1), percent(other[metric].f1), apart(one[metric].f1, other[metric].f1), shown]);
    });
    const types = (one.trigger || {types: {}}).types;
    data.types.filter((name) => name in types).forEach((name) => {
      const second = (other.trigger || {types: {}}).types[name];
      row(tables[1], [name, percent(types[name]), percent(second), apart(types[name], second)]);
    });
    tables[0].caption.textContent = `A = ${data.names[a.value]}, B = ${data.names[b.value]}, on ${split.value}`;
    tables.forEach((table) => { table.hidden = false; });
    document.querySelector(".of-types").hidden = false;
    history.replaceState(null, "", `#${[split, a, b].map((s) => encodeURIComponent(s.value)).join("/")}`);
  };
  const systems = (wanted) => {
    const known = Object.keys(data.scores[split.value]).map((slug) => [slug, data.names[slug]]);
    fill(a, known, wanted[0]);
    fill(b, known, wanted[1] || (known[1] || known[0])[0]);
  };
  const wanted = location.hash.slice(1).split("/").map(decodeURIComponent);
  if (data.splits.length) {
    fill(split, data.splits.map((name) => [name, name]), wanted[0]);
    systems(wanted.slice(1));
    form.hidden = false;
    split.addEventListener("change", () => { systems([a.value, b.value]); draw(); });
    [a, b].forEach((select) => select.addEventListener("change", draw));
    draw();
  }
}
