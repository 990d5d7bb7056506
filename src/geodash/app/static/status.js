// What is shown, in words; the page's address; and whether the page is as narrow as a phone.

// Only a page of its own (Voila) has an address that is the dashboard's.
const ownPage = () => Boolean(document.body.dataset.voila);

// JupyterLab would take what is typed on a control for its own: “d d” on a checkbox deletes the cell.
function keepKeys({ target }) {
  if (target.closest?.(".gd-page")) target.dataset.lmSuppressShortcuts = "true";
}

// The code of the views travels with this line, which a page has once, and not with each of them.
function initialize({ model }) {
  window.geodashViews ??= Promise.withResolvers();
  const card = (context) => renderCard({ ...context, dark: model.get("dark") });
  window.geodashViews.resolve({ card, panel: renderPanel });
  document.addEventListener("focusin", keepKeys);
}

function render({ model, el }) {
  const bar = element("div", "gd-status");
  const words = element("p", "gd-sentence");
  words.setAttribute("role", "status");
  const notices = element("ul", "gd-notices");
  const copied = element("span", "gd-copied");
  copied.setAttribute("role", "status");

  function address() {
    const query = model.get("query");
    return location.pathname + (query ? `?${query}` : "") + location.hash;
  }

  async function copy() {
    const link = location.origin + address();
    try {
      await navigator.clipboard.writeText(link);
      copied.textContent = "Link copied";
    } catch {
      // Browsers keep the clipboard from pages that are not served securely.
      window.prompt("Copy this link", link);
    }
    setTimeout(() => { copied.textContent = ""; }, 3000);
  }

  const toggle = button("Filters", () => {
    const page = el.closest(".gd-page");
    const open = page.classList.toggle("gd-filters-open");
    toggle.setAttribute("aria-expanded", String(open));
  });
  toggle.classList.add("gd-toggle");
  toggle.setAttribute("aria-expanded", "false");
  const link = button("Copy link", copy);
  link.hidden = !ownPage();
  const end = button("End selection", () => model.send({ type: "deselect" }));
  bar.append(toggle, words, end, link, copied);
  el.append(bar, notices);

  // The address of a link holds until the kernel has read it.
  let settled = !(ownPage() && location.search);
  function update() {
    words.textContent = model.get("sentence");
    notices.replaceChildren(...model.get("notices").map((text) => element("li", "", text)));
    notices.hidden = !model.get("notices").length;
    end.hidden = !model.get("selected");
    if (settled && ownPage() && location.pathname + location.search + location.hash !== address()) {
      history.replaceState(history.state, "", address());
    }
  }

  if (!settled) model.send({ type: "open", query: location.search });
  const tell = () => {
    if (PHONE.matches !== model.get("narrow")) model.send({ type: "narrow", narrow: PHONE.matches });
  };
  PHONE.addEventListener("change", tell);
  tell();
  model.on("change", update);
  model.on("msg:custom", (message) => {
    settled ||= message.type === "opened";
    update();
  });
  update();
  return () => PHONE.removeEventListener("change", tell);
}

export default { initialize, render };
