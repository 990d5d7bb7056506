// “Save or cite” of a chart: a button that opens a list of what can be done.

const SAID = 8000; // ms for which the page says what was done

const ACTS = [
  ["Copy as picture", (model) => copied("image/png", picture(model, "png"), "Picture copied")],
  ["Picture (PNG)", (model) => saved(picture(model, "png"))],
  ["Picture (SVG)", (model) => saved(picture(model, "svg"))],
  ["Rows (CSV)", (model) => saved(ask(model, { type: "csv" }))],
  ["Copy citation, short", (model) => cited(model, "short")],
  ["Copy citation, long", (model) => cited(model, "long")],
  ["Copy embed code", (model) => copied("text/plain", picture(model, "embed"), "Embed code copied")],
];

const cited = (model, length) => copied("text/plain", ask(model, { type: "citation", length }), "Citation copied");

function buildMenu(model) {
  const node = element("div", "gd-take");
  const said = element("span", "gd-copied");
  said.setAttribute("role", "status");
  const details = element("details", "gd-menu");
  const summary = element("summary", "", "Save or cite");
  summary.setAttribute("aria-label", `Save or cite: ${model.get("heading")}`);
  const list = element("div", "gd-menu-list");
  let busy = false;
  let timer;

  const close = () => { details.open = false; };
  async function run(act) {
    close();
    summary.focus();
    // One after the other: the kernel keeps what is drawn for one picture.
    if (busy) return;
    busy = true;
    clearTimeout(timer);
    said.textContent = "One moment …";
    said.textContent = await act(model).catch((error) => error.message);
    timer = setTimeout(() => { said.textContent = ""; }, SAID);
    busy = false;
  }

  list.append(...ACTS.map(([text, act]) => button(text, () => run(act))));
  details.append(summary, list);
  node.append(said, details);

  const outside = ({ target }) => { if (!details.contains(target)) close(); };
  document.addEventListener("pointerdown", outside);
  details.addEventListener("focusout", ({ relatedTarget }) => { if (relatedTarget) outside({ target: relatedTarget }); });
  details.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !details.open) return;
    close();
    summary.focus();
  });
  return { node, remove: () => document.removeEventListener("pointerdown", outside) };
}
