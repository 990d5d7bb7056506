// Small parts of pages. The files of this folder are read as one module, in the order that
// status.py names; stub.js alone is a module of its own.

const PHONE = matchMedia("(max-width: 640px)");

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
