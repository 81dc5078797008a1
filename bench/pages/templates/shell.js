"use strict";
// Tables with class "sortable" sort by a column when the button in its head is pressed; cells give
// what to sort by in data-sort, and an empty one stays last whichever way.
document.querySelectorAll("table.sortable").forEach((table) => {
  const heads = Array.from(table.tHead.rows[table.tHead.rows.length - 1].cells);
  const key = (row, n) => row.cells[n].dataset.sort ?? row.cells[n].textContent.trim();
  const order = (a, b) => (isNaN(a) || isNaN(b) ? String(a).localeCompare(b, "en") : a - b);
  heads.forEach((head, n) => {
    if (head.dataset.fixed !== undefined) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "descending" ? 1 : -1;
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down < 0 ? "descending" : "ascending");
      const body = table.tBodies[0];
      const rows = Array.from(body.rows).map((row) => [key(row, n), row]);
      const full = rows.filter(([value]) => value !== "").sort(([a], [b]) => down * order(a, b));
      const rest = rows.filter(([value]) => value === "");
      body.append(...full.concat(rest).map(([, row]) => row));
    });
  });
});
