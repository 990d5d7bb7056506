// Draws the charts of a briefing, for a page, a phone or paper.
const CONFIG = { displayModeBar: false, showSendToCloud: false, responsive: true };
const PHONE = matchMedia("(max-width: 640px)");
const PAPER = 840; // pixels: A4 without its margins is 178 mm wide, 672 pixels; the style makes it 0.8 as large
const charts = [...document.querySelectorAll(".chart")];

// The figures travel deflated.
function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).json();
}

function draw(figures, { width } = {}) {
  for (const node of charts) {
    const { data, layout } = figures[node.dataset.chart][PHONE.matches && !width ? "phone" : "page"];
    node.style.height = `${layout.height}px`;
    Plotly.react(node, data, width ? { ...layout, width } : layout, CONFIG);
  }
}

async function start() {
  const figures = await unpacked(document.getElementById("geodash-figures").textContent);
  // What stands there for readers without JavaScript.
  charts.forEach((node) => node.replaceChildren());
  draw(figures);
  PHONE.addEventListener("change", () => draw(figures));
  addEventListener("beforeprint", () => draw(figures, { width: PAPER }));
  addEventListener("afterprint", () => draw(figures));
}

const drawn = start();
