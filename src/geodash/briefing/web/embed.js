// Draws the chart of one figure element, whatever else stands on its page.
((figure) => {
  const CONFIG = { displayModeBar: false, showSendToCloud: false, responsive: true };
  const NARROW = 640; // pixels
  const node = figure.querySelector(".geodash-chart");

  // A frame tells the page around it how high it is, as Embedly's providers do.
  function tell() {
    if (window.parent === window || document.body.dataset.geodashFrame === undefined) return;
    const height = Math.ceil(figure.getBoundingClientRect().height);
    window.parent.postMessage(JSON.stringify({ context: "iframe.resize", src: location.href, height }), "*");
  }

  async function start() {
    const figures = await unpacked(figure.querySelector("[type='text/plain']").textContent);
    let shown;
    async function draw() {
      const wanted = figure.clientWidth < NARROW ? figures.phone : figures.page;
      if (!figure.clientWidth) return;
      if (wanted === shown) { await window.geodashPlotly.Plots.resize(node); return; }
      // What stands there for readers without JavaScript.
      if (!shown) node.replaceChildren();
      shown = wanted;
      node.style.height = `${wanted.layout.height}px`;
      await window.geodashPlotly.newPlot(node, wanted.data, wanted.layout, CONFIG);
    }
    new ResizeObserver(() => draw().then(tell)).observe(figure);
  }

  start();
})(document.currentScript.parentElement);
