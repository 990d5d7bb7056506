// A card's own share of the code: what draws it comes once, with the status line (see status.js).

window.geodashCards ??= Promise.withResolvers();

export default {
  async render(context) {
    const render = await window.geodashCards.promise;
    return render(context);
  },
};
