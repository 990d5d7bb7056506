// The chart of a card: Plotly, loaded once for the page, draws it, those on the screen first.

const CONFIG = { displayModeBar: false, showSendToCloud: false, responsive: true };
const FILE = "/geodash/plotly-basic.min.js";

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

let plotly;
const askPlotly = (model) => (plotly ??= loadPlotly(model));

// Charts are drawn one at a time, and in between the page answers its reader.
const waiting = new Set();
let drawing = false;

async function drawAll() {
  if (drawing) return;
  drawing = true;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve));
    const next = [...waiting].find((chart) => chart.onScreen()) ?? waiting.values().next().value;
    if (!next) break;
    waiting.delete(next);
    await next.draw().catch(console.error);
  }
  drawing = false;
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

// The chart of one card, drawn into a node of the page.
class Chart {
  constructor({ model, node, dark, pick }) {
    Object.assign(this, { model, node, dark, pick, drawn: "" });
    this.look = matchMedia("(prefers-color-scheme: dark)");
    this.redraw = () => this.ask();
    this.print = () => this.draw({ paper: true });
    this.look.addEventListener("change", this.redraw);
    window.addEventListener("beforeprint", this.print);
    window.addEventListener("afterprint", this.redraw);
  }

  onScreen() {
    const { top, bottom } = this.node.getBoundingClientRect();
    return top < innerHeight && bottom > 0;
  }

  // Draw the model's figure when it is this chart's turn.
  ask() {
    // The library is on its way while the other cards are built.
    askPlotly(this.model);
    waiting.add(this);
    drawAll();
  }

  async draw({ paper = false } = {}) {
    const { model, node } = this;
    const json = model.get("figure");
    // A figure for the other width is on its way: a phone says so as soon as the page stands.
    if (!json || !node.clientWidth || PHONE.matches !== model.get("narrow")) return;
    const dark = isDark(node) && !paper;
    const state = [dark, model.get("highlight").join(" "), json].join("\n");
    if (state === this.drawn) return;
    this.drawn = state;
    const Plotly = await plotly;
    const figure = JSON.parse(dark ? recoloured(json, this.dark) : json);
    node.style.minHeight = `${figure.layout.height}px`;
    await Plotly.react(node, highlighted(figure.data, model.get("highlight")), figure.layout, CONFIG);
    if (node.dataset.drawn) return;
    node.dataset.drawn = "true";
    node.on("plotly_click", ({ points }) =>
      this.pick(points.flatMap((point) => String(point.customdata ?? point.data.customdata?.[0] ?? "").split(" ").filter(Boolean))));
  }

  remove() {
    waiting.delete(this);
    this.look.removeEventListener("change", this.redraw);
    window.removeEventListener("beforeprint", this.print);
    window.removeEventListener("afterprint", this.redraw);
    if (this.node.dataset.drawn) window.Plotly?.purge(this.node);
  }
}
