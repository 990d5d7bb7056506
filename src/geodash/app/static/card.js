// A view of the dashboard. Text arrives as text and is put into the page by textContent only.

const CONFIG = { displayModeBar: false, showSendToCloud: false, responsive: true };
const FEW_SOURCES = 4;
const FILE = "/geodash/plotly-cartesian.min.js";

function addScript(src) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    // RequireJS, where a page has it, would keep the library from becoming a global.
    const define = window.define;
    window.define = undefined;
    const done = (act) => () => { window.define = define; act(); };
    const fail = () => reject(new Error(`no plotly.js in ${src}`));
    script.onload = done(() => (window.Plotly ? resolve(window.Plotly) : fail()));
    script.onerror = done(fail);
    script.src = src;
    document.head.append(script);
  });
}

function askKernel(model) {
  return new Promise((resolve) => {
    const answer = (message, buffers) => {
      if (message.type !== "plotly") return;
      model.off("msg:custom", answer);
      resolve(addScript(URL.createObjectURL(new Blob(buffers, { type: "text/javascript" }))));
    };
    model.on("msg:custom", answer);
    model.send({ type: "plotly" });
  });
}

async function loadPlotly(model) {
  // Jupyter pages say where their extension files are; other front ends ask the kernel.
  const page = document.getElementById("jupyter-config-data");
  const folder = page && JSON.parse(page.textContent).fullLabextensionsUrl;
  if (!folder) return askKernel(model);
  return addScript(folder + FILE).catch(() => askKernel(model));
}

function element(tag, className, text = "") {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = text;
  return node;
}

// The page's style sheet decides between light and dark; its text colour tells which it is.
function isDark(node) {
  const [r, g, b] = getComputedStyle(node).color.match(/\d+/g).map(Number);
  return r + g + b > 384;
}

function recoloured(json, colours) {
  return json.replace(/#[0-9a-f]{6}/gi, (hex) => colours[hex] ?? hex);
}

// Where some rows are highlighted, their marks keep full strength and the others fade.
function highlighted(traces, refs) {
  const wanted = new Set(refs);
  if (!wanted.size) return traces;
  return traces.map((trace) => {
    if (!Array.isArray(trace.customdata)) return trace;
    const points = trace.customdata
      .map((data, i) => (String(data ?? "").split(" ").some((ref) => wanted.has(ref)) ? i : -1))
      .filter((i) => i >= 0);
    // A line has no points to fade: it fades as a whole.
    if (trace.mode === "lines") return { ...trace, opacity: points.length ? trace.opacity : 0.12 };
    return { ...trace, selectedpoints: points };
  });
}

function drawTable(table, model, select) {
  const [columns, rows, refs] = ["columns", "rows", "refs"].map((name) => model.get(name));
  const wanted = new Set(model.get("highlight"));
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
    first.append(button);
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

function save(name, text) {
  const anchor = element("a", "");
  // The mark in front makes spreadsheets read the file as UTF-8.
  anchor.href = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" }));
  anchor.download = name;
  anchor.click();
  URL.revokeObjectURL(anchor.href);
}

function render({ model, el }) {
  const section = element("section", "gd-card");
  const header = element("div", "gd-card-head");
  const heading = element("h2", "");
  heading.id = `gd-${model.get("heading").toLowerCase().replace(/[^a-z0-9]+/g, "-")}`;
  section.setAttribute("aria-labelledby", heading.id);
  const lead = element("p", "gd-lead");
  const choice = element("label", "gd-choice");
  const select = element("select", "");
  const reading = element("p", "gd-reading");
  const chart = element("div", "gd-chart");
  chart.setAttribute("role", "img");
  const error = element("p", "gd-error");
  error.setAttribute("role", "alert");
  const note = element("p", "gd-note");
  const details = element("details", "gd-data");
  const summary = element("summary", "");
  const table = element("table", "gd-table");
  const more = element("p", "gd-note");
  const sources = element("div", "gd-sources");
  const download = element("button", "gd-button", "Download these rows (CSV)");
  download.type = "button";
  choice.append(element("span", "", model.get("choice_label")), select);
  header.append(heading, choice);
  const scroller = element("div", "gd-scroll");
  scroller.append(table);
  details.append(summary, scroller, more);
  section.append(header, lead, reading, error, chart, note, sources, download, details);
  el.append(section);

  const pick = (refs) => model.send({ type: "select", refs });

  function texts() {
    heading.textContent = model.get("heading");
    for (const [node, name] of [[lead, "lead"], [reading, "reading"], [error, "error"], [note, "note"]]) {
      node.textContent = model.get(name);
      node.hidden = !node.textContent;
    }
    chart.setAttribute("aria-label", `${model.get("heading")} ${model.get("reading")}`);
    choice.hidden = !model.get("choices").length;
    select.replaceChildren(...model.get("choices").map(([value, name]) => new Option(name, value)));
    select.value = model.get("choice");
    drawSources(sources, model.get("sources"));
    download.hidden = !model.get("can_download");
  }

  function rows() {
    const [total, open] = [model.get("total"), model.get("table_open")];
    details.open = open;
    details.hidden = !total;
    summary.textContent = `The data as a table (${total} ${total === 1 ? "row" : "rows"})`;
    if (open) drawTable(table, model, pick);
    const shown = model.get("rows").length;
    more.textContent = open && shown < total ? `The first ${shown} of ${total} rows.` : "";
    more.hidden = !more.textContent;
  }

  let attached = false;
  let drawn = "";
  async function draw({ print = false } = {}) {
    const json = model.get("figure");
    chart.hidden = !json;
    // A figure for the other width is on its way: a phone says so as soon as the page stands.
    const phone = matchMedia("(max-width: 640px)").matches;
    if (!json || !attached || phone !== model.get("narrow")) return;
    const dark = isDark(section) && !print;
    const state = [dark, model.get("highlight").join(" "), json].join("\n");
    if (state === drawn) return;
    drawn = state;
    // Each card is a module of its own: the page holds the one plotly.js, whoever asks first.
    window.geodashPlotly ??= loadPlotly(model);
    const Plotly = await window.geodashPlotly;
    const figure = JSON.parse(dark ? recoloured(json, model.get("dark")) : json);
    chart.style.minHeight = `${figure.layout.height}px`;
    await Plotly.react(chart, highlighted(figure.data, model.get("highlight")), figure.layout, CONFIG);
    if (chart.dataset.drawn) return;
    chart.dataset.drawn = "true";
    chart.on("plotly_click", ({ points }) =>
      pick(points.flatMap((point) => String(point.customdata ?? point.data.customdata?.[0] ?? "").split(" ").filter(Boolean))));
  }

  function update() {
    texts();
    rows();
    draw();
  }

  const seen = new ResizeObserver(() => {
    if (attached || !section.isConnected || !section.clientWidth) return;
    attached = true;
    draw();
  });
  seen.observe(section);
  // After a filter, charts in view are drawn before the others.
  const view = new IntersectionObserver(([entry]) => {
    model.set("in_view", entry.isIntersecting);
    model.save_changes();
  });
  view.observe(section);
  const redraw = () => draw();
  const look = matchMedia("(prefers-color-scheme: dark)");
  const beforePrint = () => draw({ print: true });
  look.addEventListener("change", redraw);
  window.addEventListener("beforeprint", beforePrint);
  window.addEventListener("afterprint", redraw);

  select.onchange = () => { model.set("choice", select.value); model.save_changes(); };
  download.onclick = () => model.send({ type: "csv" });
  details.addEventListener("toggle", () => {
    if (details.open === model.get("table_open")) return;
    model.set("table_open", details.open);
    model.save_changes();
  });
  model.on("msg:custom", (message) => { if (message.type === "csv") save(message.name, message.text); });
  model.on("change", update);
  update();

  return () => {
    seen.disconnect();
    view.disconnect();
    look.removeEventListener("change", redraw);
    window.removeEventListener("beforeprint", beforePrint);
    window.removeEventListener("afterprint", redraw);
    if (chart.dataset.drawn) window.Plotly?.purge(chart);
  };
}

export default { render };
