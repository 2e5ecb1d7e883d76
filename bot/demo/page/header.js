// The bar at the top: name, state of the bot, and the page's own controls.

import { h, icon } from "./dom.js";
import { themeButton } from "./theme.js";

const WORDS = { online: "Bot online", starting: "Bot starting", offline: "Bot offline" };

export class Header {
  // `acts`: steps(), person(), restart().
  constructor(acts) {
    this.state = h("span", { class: "bot-state", role: "status" });
    this.element = h(
      "header",
      { class: "top" },
      h("img", { class: "logo", src: "own/icon.svg", alt: "" }),
      h("h1", {}, "Offramp ", h("span", {}, "demo")),
      h("p", { class: "claim" }, "The real bot on a small server of its own. Nothing leaves this computer."),
      this.state,
      action("compass", "First steps", acts.steps),
      action("plus", "Add a person", acts.person),
      action("restart", "Restart the bot", acts.restart),
      themeButton(),
    );
    this.setBot("starting");
  }

  setBot(state) {
    this.state.dataset.state = state;
    this.state.replaceChildren(h("span", { class: "dot", "aria-hidden": "true" }), WORDS[state]);
  }
}

function action(name, label, onclick) {
  return h(
    "button",
    { type: "button", class: "top-button", "aria-label": label, title: label, onclick },
    icon(name),
    h("span", {}, label),
  );
}
