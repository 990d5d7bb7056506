// A view of the dashboard. Text arrives as text and is put into the page by textContent only.

const FEW_SOURCES = 4;
const PORTION = 100; // rows that a reader asks for at a time

function drawTable(table, { columns, rows, refs, wanted }, select) {
  const link = columns.indexOf("Link");
  const shown = columns.filter((_, i) => i !== link);
  // Explicit roles keep it a table for screen readers where the phone's style stacks its cells.
  table.setAttribute("role", "table");
  const head = element("thead", "");
  const headRow = element("tr", "");
  headRow.setAttribute("role", "row");
  for (const name of ["", ...shown]) {
    const cell = element("th", "", name);
    cell.scope = "col";
    cell.setAttribute("role", "columnheader");
    if (!name) cell.setAttribute("aria-label", "Show where it stands");
    headRow.append(cell);
  }
  head.append(headRow);
  const body = element("tbody", "");
  rows.forEach((row, r) => {
    const line = element("tr", wanted.has(refs[r]) ? "gd-wanted" : "");
    line.setAttribute("role", "row");
    const first = element("td", "gd-show");
    first.setAttribute("role", "cell");
    const button = element("button", "", "Show");
    button.type = "button";
    button.setAttribute("aria-label", `Show as evidence, and where else it stands: ${row[0]} ${row[1] ?? ""}`);
    button.setAttribute("aria-pressed", String(wanted.has(refs[r])));
    button.onclick = () => select(refs[r].split(" "));
    // What belongs to the basemap has no row behind it.
    if (refs[r]) first.append(button);
    line.append(first);
    row.forEach((text, c) => {
      if (c === link) return;
      const cell = element("td", "", text);
      cell.dataset.label = columns[c];
      cell.setAttribute("role", "cell");
      if (!text) cell.classList.add("gd-none");
      if (columns[c] === "Source" && link >= 0) linked(cell, text, row[link]);
      line.append(cell);
    });
    body.append(line);
  });
  table.replaceChildren(head, body);
}

function linked(node, text, address) {
  node.textContent = text;
  if (!/^https?:\/\//.test(address ?? "")) return;
  const anchor = element("a", "", text);
  anchor.href = address;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer";
  node.replaceChildren(anchor);
}

// A few sources stand in a sentence, many in a list that opens.
function drawSources(node, sources) {
  node.hidden = !sources.length;
  const items = sources.map(([text, address]) => {
    const item = element(sources.length > FEW_SOURCES ? "li" : "span", "");
    linked(item, text, address);
    return item;
  });
  if (sources.length > FEW_SOURCES) {
    const details = element("details", "gd-data");
    const list = element("ol", "");
    list.append(...items);
    details.append(element("summary", "", `Sources: ${sources.length} publications`), list);
    details.open = node.firstChild?.open ?? false;
    node.replaceChildren(details);
  } else {
    const label = element("span", "gd-label", sources.length > 1 ? "Sources: " : "Source: ");
    node.replaceChildren(label, ...items.flatMap((item, i) => (i ? ["; ", item] : [item])));
  }
}

function renderCard({ model, el, dark }) {
  const section = element("section", "gd-card");
  const header = element("div", "gd-card-head");
  const heading = element("h2", "");
  heading.id = `gd-${model.get("heading").toLowerCase().replace(/[^a-z0-9]+/g, "-")}`;
  section.setAttribute("aria-labelledby", heading.id);
  const lead = element("p", "gd-lead");
  const reading = element("p", "gd-reading");
  const chart = element("div", "gd-chart");
  chart.setAttribute("role", "img");
  const error = element("p", "gd-error");
  error.setAttribute("role", "alert");
  const note = element("p", "gd-note");
  const details = element("details", "gd-data");
  const summary = element("summary", "");
  const table = element("table", "gd-table");
  const cut = element("p", "gd-note");
  const more = button("", () => { model.set("limit", model.get("limit") + PORTION); model.save_changes(); });
  const sources = element("div", "gd-sources");
  // The menu of a chart offers its rows too.
  const menu = model.get("menu") && buildMenu(model);
  const download = () => saved(ask(model, { type: "csv" })).catch((problem) => window.alert(problem.message));
  const take = menu ? [] : [button("Download these rows (CSV)", download)];
  const foot = element("div", "gd-foot");
  const set = (name, value) => {
    model.set("settings", { ...model.get("settings"), [name]: value });
    model.save_changes();
  };
  const controls = buildControls(model.get("controls"), set);
  header.append(heading, controls.bar);
  const scroller = element("div", "gd-scroll");
  scroller.append(table);
  details.append(summary, ...take, scroller, cut, more);
  if (menu) foot.append(menu.node);
  foot.append(details);
  section.append(header, lead, reading, error, chart, note, sources, foot);
  el.append(section);

  const pick = (refs) => model.send({ type: "select", refs });

  const drawing = new Chart({ model, node: chart, dark, pick });

  // What is told once in Python may be told in several messages: each part follows its own traits.
  function part(names, show) {
    let before = [];
    return () => {
      const now = names.map((name) => model.get(name));
      if (now.some((value, i) => value !== before[i])) show(...now);
      before = now;
    };
  }

  const parts = [
    part(["heading", "lead", "reading", "error", "note"], (...texts) => {
      [heading, lead, reading, error, note].forEach((node, i) => {
        node.textContent = texts[i];
        node.hidden = !texts[i];
      });
      if (menu) menu.node.hidden = Boolean(texts[3]);
      chart.setAttribute("aria-label", `${texts[0]} ${texts[2]}`);
    }),
    part(["settings"], (settings) => controls.show(settings)),
    part(["sources"], (found) => drawSources(sources, found)),
    part(["columns", "rows", "refs", "highlight", "total", "table_open"], (columns, rows, refs, wanted, total, open) => {
      details.open = open;
      details.hidden = !total;
      summary.textContent = `The data as a table (${total} ${total === 1 ? "row" : "rows"})`;
      if (open) drawTable(table, { columns, rows, refs, wanted: new Set(wanted) }, pick);
      const left = total - rows.length;
      cut.hidden = more.hidden = !open || !left;
      cut.textContent = `The first ${rows.length} of ${total} rows.`;
      more.textContent = `Show ${Math.min(left, PORTION)} more`;
    }),
    part(["figure", "highlight", "narrow"], (figure) => {
      chart.hidden = !figure;
      drawing.ask();
    }),
  ];
  const update = () => parts.forEach((show) => show());

  // The page's layout stands when the card has a width; charts are drawn at their own.
  const seen = new ResizeObserver(() => {
    if (!section.clientWidth) return;
    seen.disconnect();
    drawing.ask();
  });
  seen.observe(section);
  // After a filter, charts in view are drawn before the others.
  const view = new IntersectionObserver(([entry]) => {
    model.set("in_view", entry.isIntersecting);
    model.save_changes();
  });
  view.observe(section);

  details.addEventListener("toggle", () => {
    if (details.open === model.get("table_open")) return;
    model.set("table_open", details.open);
    model.save_changes();
  });
  model.on("change", update);
  update();

  return () => {
    seen.disconnect();
    view.disconnect();
    drawing.remove();
    if (menu) menu.remove();
  };
}
