// A view's own share of the code: what draws it comes once, with the status line (see status.js).

window.geodashViews ??= Promise.withResolvers();

export default {
  async render(context) {
    const views = await window.geodashViews.promise;
    return views[context.model.get("view")](context);
  },
};
