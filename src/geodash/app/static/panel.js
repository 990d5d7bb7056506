// “Make a briefing”: a dialog with a form. It is built when first opened, and keeps what is typed.

function field(name, input) {
  const label = element("label", "gd-field");
  label.append(element("span", "", name), input);
  return label;
}

function input(type, attributes) {
  return Object.assign(element("input", ""), { type }, attributes);
}

function group(name, ...items) {
  const set = element("fieldset", "");
  set.append(element("legend", "", name), ...items);
  return set;
}

function box(name, value, checked) {
  const label = element("label", "gd-box");
  const node = input("checkbox", { value, checked });
  label.append(node, name);
  return { label, node };
}

// A view to choose, with a note that can be typed while it is chosen.
function viewBox([name, heading]) {
  const { label, node } = box(heading, name, true);
  const note = Object.assign(element("textarea", ""), { rows: 1, maxLength: 5000, placeholder: "Your note (may stay empty)" });
  note.setAttribute("aria-label", `Note on: ${heading}`);
  node.onchange = () => { note.hidden = !node.checked; };
  const item = element("div", "gd-view");
  item.append(label, note);
  return { item, node, note };
}

// The visitor's own day, as a date field takes it.
function today() {
  const now = new Date();
  return new Date(now - now.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
}

// Build the form; `read` gives what it says.
function buildForm(offer) {
  const title = input("text", { placeholder: offer.title, maxLength: 200, autofocus: true });
  const author = input("text", { placeholder: "May stay empty", maxLength: 200 });
  const day = input("date", { value: today(), required: true });
  const views = offer.views.map(viewBox);
  const formats = offer.formats.map(([key, label]) => box(label, key, key === "html"));
  const all = button("", () => {
    const wanted = !views.every(({ node }) => node.checked);
    for (const { node } of views) {
      node.checked = wanted;
      node.onchange();
    }
    tell();
  });
  const tell = () => { all.textContent = views.every(({ node }) => node.checked) ? "Choose none" : "Choose all"; };
  const list = group("Views", all, ...views.map(({ item }) => item));
  list.addEventListener("change", tell);
  tell();
  const kinds = group("Formats", ...formats.map(({ label }) => label));
  kinds.classList.add("gd-formats");
  const nodes = [field("Title", title), field("Author", author), field("Date", day), kinds, list];
  const read = () => ({
    title: title.value,
    author: author.value,
    as_of: day.value,
    notes: Object.fromEntries(views.filter(({ node }) => node.checked).map(({ node, note }) => [node.value, note.value])),
    formats: formats.filter(({ node }) => node.checked).map(({ node }) => node.value),
  });
  return { nodes, read };
}

function renderPanel({ model, el }) {
  const dialog = element("dialog", "gd-panel");
  const form = element("form", "");
  const heading = element("h2", "", "Make a briefing");
  heading.id = "gd-briefing";
  dialog.setAttribute("aria-labelledby", heading.id);
  const close = button("Close", () => dialog.close());
  const shown = element("p", "gd-lead");
  const body = element("div", "gd-panel-body");
  const failed = element("p", "gd-error");
  failed.setAttribute("role", "alert");
  const make = element("button", "gd-button gd-main", "Download briefing");
  const progress = element("progress", "");
  const said = element("span", "gd-copied");
  said.setAttribute("role", "status");
  const head = element("div", "gd-panel-head");
  const foot = element("div", "gd-panel-foot");
  head.append(heading, close);
  foot.append(failed, make, progress, said);
  form.append(head, body, foot);
  dialog.append(form);
  const opener = button("Make a briefing", open);
  el.append(opener, dialog);

  let read;
  function fail(text) {
    failed.textContent = text;
    failed.hidden = !text;
  }
  function work(on) {
    make.disabled = on || !read;
    progress.hidden = !on;
    progress.removeAttribute("value");
    said.textContent = "";
  }

  async function open() {
    dialog.showModal();
    // The kernel loads what makes briefings when it is first asked.
    if (!read) said.textContent = "One moment …";
    const offer = await ask(model, { type: "open" }).catch((error) => fail(error.message));
    if (!read) said.textContent = "";
    if (!offer) return;
    shown.textContent = `It holds what the page shows now, with what is set on its charts. ${offer.sentence}`;
    if (read) return;
    const built = buildForm(offer);
    body.append(shown, ...built.nodes);
    read = built.read;
    make.disabled = false;
    body.querySelector("input").focus();
  }

  function follow({ text, done, total }) {
    said.textContent = text;
    progress.max = total;
    progress.value = done;
  }

  form.onsubmit = async (event) => {
    event.preventDefault();
    fail("");
    work(true);
    try {
      const done = await saved(ask(model, { type: "make", ...read() }, { progress: follow }));
      work(false);
      said.textContent = done;
    } catch (error) {
      work(false);
      fail(error.message);
    }
  };

  fail("");
  work(false);
}
