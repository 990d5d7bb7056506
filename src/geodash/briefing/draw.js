// Draws the charts of a briefing, for a page, a phone or paper.
const figures = JSON.parse(document.getElementById("geodash-figures").textContent);
const CONFIG = { displayModeBar: false, showSendToCloud: false, responsive: true };
const charts = [...document.querySelectorAll(".chart")];

const PHONE = matchMedia("(max-width: 640px)");
const PAPER = 840; // pixels: A4 without its margins is 178 mm wide, 672 pixels; the style makes it 0.8 as large

function draw({ width } = {}) {
  for (const node of charts) {
    const { data, layout } = figures[node.dataset.chart][PHONE.matches && !width ? "phone" : "page"];
    node.style.height = `${layout.height}px`;
    Plotly.react(node, data, width ? { ...layout, width } : layout, CONFIG);
  }
}

// What stands there for readers without JavaScript.
charts.forEach((node) => node.replaceChildren());
draw();
PHONE.addEventListener("change", () => draw());
addEventListener("beforeprint", () => draw({ width: PAPER }));
addEventListener("afterprint", () => draw());
