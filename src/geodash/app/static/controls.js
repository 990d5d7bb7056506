// What a reader may set on a chart: menus, sliders and lists of which any may be chosen.

let controlCount = 0;

function menu({ choices }, set) {
  const node = element("select", "");
  node.append(...choices.map(([key, name]) => new Option(name, key)));
  node.onchange = () => set(node.value);
  return { node, show: (value) => { node.value = value; } };
}

function slider({ choices }, set) {
  const node = element("span", "gd-slider");
  const input = element("input", "");
  const words = element("output", "");
  Object.assign(input, { type: "range", min: 0, max: choices.length - 1, step: 1 });
  const tell = () => {
    words.textContent = choices[input.value][1];
    input.setAttribute("aria-valuetext", words.textContent);
  };
  input.oninput = () => { tell(); set(choices[input.value][0]); };
  node.append(input, words);
  const show = (value) => {
    input.value = choices.findIndex(([key]) => key === value);
    tell();
  };
  return { node, show };
}

function several({ choices }, set) {
  const node = element("span", "gd-several");
  const boxes = choices.map(([key, name]) => {
    const label = element("label", "");
    const box = element("input", "");
    Object.assign(box, { type: "checkbox", value: key });
    box.onchange = () => set(boxes.filter((other) => other.checked).map((other) => other.value).join(" "));
    label.append(box, name);
    node.append(label);
    return box;
  });
  const show = (value) => {
    for (const box of boxes) box.checked = value.split(" ").includes(box.value);
  };
  return { node, show };
}

const KINDS = { menu, slider, several };

// Build the controls of a card; `show` brings them in step with what is set.
function buildControls(controls, set) {
  const bar = element("div", "gd-settings");
  const shows = controls.filter(({ choices }) => choices.length).map((control) => {
    const { node, show } = KINDS[control.kind](control, (value) => set(control.name, value));
    const group = element(control.kind === "several" ? "div" : "label", "gd-choice");
    const label = element("span", "", control.label);
    label.id = `gd-control-${(controlCount += 1)}`;
    if (control.kind === "several") {
      group.setAttribute("role", "group");
      group.setAttribute("aria-labelledby", label.id);
    }
    group.append(label, node);
    bar.append(group);
    return (settings) => show(settings[control.name]);
  });
  bar.hidden = !shows.length;
  return { bar, show: (settings) => shows.forEach((each) => each(settings)) };
}
