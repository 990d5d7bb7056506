// What the page asks of the kernel, and what it does with the file that comes back.

const SHORT = 2000; // characters of text that a prompt can show

let questions = 0;

// Ask the kernel; each answer carries the number of its question. What fails is an error in words.
function ask(model, content, { buffers = [], progress } = {}) {
  const question = (questions += 1);
  return new Promise((resolve, reject) => {
    const hear = (message, given) => {
      if (message.ask !== question) return;
      if (message.type === "progress") return progress?.(message);
      model.off("msg:custom", hear);
      if (message.type === "failed") reject(new Error(message.text));
      else resolve({ ...message, buffers: given });
    };
    model.on("msg:custom", hear);
    model.send({ ...content, ask: question }, undefined, buffers);
  });
}

// Have the page draw a chart as a picture, and the kernel put into it what belongs to it.
async function picture(model, kind) {
  const { figure, format, width, height, scale } = await ask(model, { type: "picture", kind });
  const Plotly = await askPlotly(model);
  const { data, layout } = JSON.parse(figure);
  const drawn = await Plotly.toImage({ data, layout }, { format, width, height, scale, imageDataOnly: true });
  const bytes = format === "svg" ? new TextEncoder().encode(drawn) : Uint8Array.from(atob(drawn), (c) => c.charCodeAt(0));
  return ask(model, { type: "drawn", kind }, { buffers: [bytes.buffer] });
}

// Save the file of an answer, and say so.
async function saved(answer) {
  const { name, buffers } = await answer;
  const anchor = element("a", "");
  anchor.href = URL.createObjectURL(new Blob(buffers));
  anchor.download = name;
  anchor.click();
  // Some browsers begin to read it only later.
  setTimeout(() => URL.revokeObjectURL(anchor.href), 60000);
  return `Saved as ${name}`;
}

// Put the file of an answer on the clipboard; where there is none, show short text, save the rest.
async function copied(type, answer, done) {
  // Safari wants the item within the click, and takes the promise of what will be in it.
  const blob = answer.then(({ buffers }) => new Blob(buffers, { type }));
  blob.catch(() => {});
  try {
    await navigator.clipboard.write([new ClipboardItem({ [type]: blob })]);
    return done;
  } catch {
    // Browsers keep the clipboard from pages that are not served securely.
    const text = type === "text/plain" ? await (await blob).text() : "";
    if (!text || text.length > SHORT) return `${await saved(answer)}, for this page has no clipboard`;
    window.prompt("Copy this text", text);
    return "";
  }
}
