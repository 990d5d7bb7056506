// What is shown, in words; the page's address; and whether the page is as narrow as a phone.

function element(tag, className, text = "") {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = text;
  return node;
}

function button(text, act) {
  const node = element("button", "gd-button", text);
  node.type = "button";
  node.onclick = act;
  return node;
}

// Only a page of its own (Voila) has an address that is the dashboard's.
const ownPage = () => Boolean(document.body.dataset.voila);

// The modules of the cards travel with this line, which a page has once, and not with each card.
async function loadCards(model) {
  const load = (name) =>
    import(URL.createObjectURL(new Blob([model.get("modules")[name]], { type: "text/javascript" })));
  const [{ Chart }, card] = await Promise.all([load("chart"), load("card")]);
  return (context) => card.render({ ...context, Chart, dark: model.get("dark") });
}

function initialize({ model }) {
  window.geodashCards ??= Promise.withResolvers();
  window.geodashCards.resolve(loadCards(model));
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
  const phone = matchMedia("(max-width: 640px)");
  const tell = () => {
    if (phone.matches !== model.get("narrow")) model.send({ type: "narrow", narrow: phone.matches });
  };
  phone.addEventListener("change", tell);
  tell();
  model.on("change", update);
  model.on("msg:custom", (message) => {
    settled ||= message.type === "opened";
    update();
  });
  update();
  return () => phone.removeEventListener("change", tell);
}

export default { initialize, render };
