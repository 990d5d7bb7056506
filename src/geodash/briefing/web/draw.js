// Draws the charts of a briefing, for a page, a phone or paper.
const CONFIG = { displayModeBar: false, showSendToCloud: false, responsive: true };
const PHONE = matchMedia("(max-width: 640px)");
const WIDE = 672, TALL = 630; // pixels: A4 without its margins is 178 mm wide; a chart with its words has 167 mm
const SMALLER = 0.8; // of its size on a page
const charts = [...document.querySelectorAll(".chart")];

function clear(node) {
  for (const plot of node.querySelectorAll(".js-plotly-plot")) Plotly.purge(plot);
  node.replaceChildren();
}

function add(node, { data, layout }, size = {}) {
  const plot = document.createElement("div");
  plot.style.height = `${layout.height}px`;
  node.append(plot);
  Plotly.newPlot(plot, data, { ...layout, ...size }, CONFIG);
  return plot;
}

function draw(figures) {
  for (const node of charts) {
    clear(node);
    add(node, figures[node.dataset.chart][PHONE.matches ? "phone" : "page"]);
  }
}

// On paper a high chart stands in parts, and each part fits a page.
function print(figures) {
  for (const node of charts) {
    clear(node);
    const { page, sheets } = figures[node.dataset.chart];
    for (const sheet of sheets.length ? sheets : [page]) {
      const zoom = Math.min(SMALLER, TALL / sheet.layout.height);
      Object.assign(add(node, sheet, { width: WIDE / zoom }).style, { zoom, breakInside: "avoid" });
    }
  }
}

async function start() {
  const figures = await unpacked(document.getElementById("geodash-figures").textContent);
  draw(figures);
  PHONE.addEventListener("change", () => draw(figures));
  addEventListener("beforeprint", () => print(figures));
  addEventListener("afterprint", () => draw(figures));
}

const drawn = start();
