// What the page does for its visit: it lifts the skeleton when the widgets stand, tells the server
// when the reader leaves, and gets its view back from the address when its kernel is gone.
(() => {
  const EVERY = 30000; // ms between two looks whether the kernel is there
  const PATIENCE = 60000; // ms between two reloads by itself, so that a broken page cannot spin
  const config = JSON.parse(document.getElementById("jupyter-config-data").textContent);
  const kernel = `${config.baseUrl}api/kernels/${config.kernelId}`;

  // The skeleton goes when the first widget stands, or the sentence that says why none will.
  const cells = document.getElementById("rendered_cells");
  const watch = new MutationObserver(() => {
    if (!cells.querySelector(".jupyter-widgets, .failed")) return;
    watch.disconnect();
    document.getElementById("loading").remove();
    document.body.classList.remove("loading");
  });
  watch.observe(document.body, { childList: true, subtree: true });

  // The server refuses a request without a token that stands in a cookie too. Voila sends the page
  // no such cookie, so its own farewell is refused (403); the page sets the cookie itself.
  function token() {
    const found = document.cookie.match(/(?:^|; )_xsrf=([^;]*)/);
    if (found) return found[1];
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const made = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    document.cookie = `_xsrf=${made}; path=${config.baseUrl}; SameSite=Strict`;
    return made;
  }

  // Voila says farewell on beforeunload, which a download or a mailto: link fires too, and which
  // phones leave out. This listener is first in line and keeps it from doing so.
  addEventListener("beforeunload", (event) => event.stopImmediatePropagation(), true);
  let left = false;
  addEventListener("pagehide", () => {
    left = true;
    const form = new FormData();
    form.append("_xsrf", token());
    navigator.sendBeacon(`${config.baseUrl}voila/api/shutdown/${config.kernelId}`, form);
  });
  // Back from the browser's memory of pages: its kernel was sent away above.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

  const stale = document.createElement("div");
  stale.id = "stale";
  stale.hidden = true;
  stale.setAttribute("role", "alert");

  function say(words) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Reload";
    button.onclick = () => location.reload();
    stale.replaceChildren(words, button);
    stale.hidden = false;
    document.body.append(stale);
  }

  function comeBack() {
    if (left) return;
    const last = Number(sessionStorage.getItem("geodash-reload"));
    if (Date.now() - last < PATIENCE) {
      say("This page has lost its connection. Reload it to go on where you are.");
    } else {
      sessionStorage.setItem("geodash-reload", Date.now());
      location.reload();
    }
  }

  async function look() {
    if (document.hidden) return;
    try {
      const answer = await fetch(kernel, { cache: "no-store" });
      if (answer.status === 404) comeBack();
      else stale.hidden = true;
    } catch {
      if (!left) say("The server does not answer. What you see is the last state; it goes on when the server is back.");
    }
  }

  // A kernel that crashed is started anew under the same name, but empty.
  addEventListener("load", () => setTimeout(function hook() {
    const manager = window.jupyterapp?.widgetManager;
    if (!manager) { setTimeout(hook, 500); return; }
    manager.kernel.statusChanged.connect((_, status) => { if (status === "autorestarting") comeBack(); });
  }));

  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
  addEventListener("online", look);
})();
