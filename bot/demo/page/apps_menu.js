// The menu of one message: what the bot offers to do with it.

import { h } from "./dom.js";
import { float } from "./floating.js";
import { avatar } from "./people.js";

export class AppsMenu {
  // `world.messageCommands` are the names; `onpick(message, name)` when one was chosen.
  constructor(world, onpick) {
    this.world = world;
    this.onpick = onpick;
    this.message = null;
    this.element = h("div", {
      class: "popup apps-menu",
      role: "menu",
      "aria-label": "Apps",
      onkeydown: (event) => this.key(event),
      onfocusout: (event) => this.element.contains(event.relatedTarget) || this.close(),
    });
  }

  // Opens beside the button of this message, or at a point where the pointer asked for it.
  open(message, button, point = null) {
    this.close();
    this.message = message;
    this.button = button;
    this.items = this.world.messageCommands.map((name) => this.item(name));
    const title = h("div", { class: "popup-title", role: "presentation" }, "Apps");
    this.element.replaceChildren(title, ...this.items);
    this.unfloat = float(this.element, point ?? button, { width: 230, end: !point });
    button.setAttribute("aria-expanded", "true");
    this.items[0]?.focus();
  }

  toggle(message, button) {
    if (this.message === message) this.close(true);
    else this.open(message, button);
  }

  close(goBack = false) {
    if (!this.message) return;
    this.message = null;
    this.button.setAttribute("aria-expanded", "false");
    if (goBack) this.button.focus();
    this.unfloat();
  }

  item(name) {
    const { bot } = this.world;
    return h(
      "button",
      { type: "button", class: "option", role: "menuitem", tabindex: "-1", onclick: () => this.pick(name) },
      avatar(bot.id, bot.name, true),
      h("span", { class: "option-text" }, name),
    );
  }

  pick(name) {
    const { message } = this;
    this.close(true);
    this.onpick(message, name);
  }

  key(event) {
    const last = this.items.length - 1;
    const at = this.items.indexOf(document.activeElement);
    const moves = {
      ArrowDown: at === last ? 0 : at + 1,
      ArrowUp: at <= 0 ? last : at - 1,
      Home: 0,
      End: last,
    };
    if (event.key === "Tab") this.close(true);
    else if (event.key === "Escape") {
      event.stopPropagation();
      this.close(true);
    } else if (event.key in moves) {
      event.preventDefault();
      this.items[moves[event.key]].focus();
    }
  }
}

// Something to float beside where there is no element: the place of a pointer.
export function pointOf({ clientX, clientY }) {
  return { getBoundingClientRect: () => new DOMRect(clientX, clientY, 0, 0) };
}
