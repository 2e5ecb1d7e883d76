// The list above a text field: commands, choices or autocomplete answers, steered from the field's keyboard.

import { h, uid } from "./dom.js";
import { float } from "./floating.js";

export class Suggestions {
  // `onpick(item)`; items are {label, detail, value}; the list floats above `anchor`.
  constructor(input, title, onpick, anchor) {
    this.input = input;
    this.anchor = anchor;
    this.onpick = onpick;
    this.items = [];
    this.active = 0;
    this.list = h("div", { class: "options", role: "listbox", id: uid("suggestions"), "aria-label": title });
    this.element = h(
      "div",
      { class: "popup suggestions", onmousedown: (event) => event.preventDefault() },
      h("div", { class: "popup-title" }, title),
      this.list,
    );
    for (const [name, value] of [
      ["role", "combobox"],
      ["aria-autocomplete", "list"],
      ["aria-expanded", "false"],
      ["aria-controls", this.list.id],
    ]) {
      input.setAttribute(name, value);
    }
  }

  get isOpen() {
    return Boolean(this.unfloat);
  }

  show(items, width = 260) {
    this.items = items;
    if (!items.length) return this.hide();
    this.list.replaceChildren(...items.map((item, index) => this.row(item, index)));
    if (!this.isOpen) {
      this.unfloat = float(this.element, this.anchor, { above: true, width });
      this.input.setAttribute("aria-expanded", "true");
    }
    this.move(0);
  }

  hide() {
    if (!this.isOpen) return;
    this.unfloat();
    this.unfloat = null;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  row(item, index) {
    const text = h(
      "span",
      { class: "option-text" },
      h("span", {}, item.label),
      item.detail ? h("small", {}, item.detail) : null,
    );
    return h(
      "div",
      {
        class: "option",
        role: "option",
        id: uid("suggestion"),
        onclick: () => this.pick(index),
        onmousemove: () => this.active !== index && this.move(index),
      },
      text,
    );
  }

  move(index) {
    this.active = (index + this.items.length) % this.items.length;
    [...this.list.children].forEach((row, at) => {
      row.classList.toggle("active", at === this.active);
      row.setAttribute("aria-selected", String(at === this.active));
    });
    const row = this.list.children[this.active];
    row.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", row.id);
  }

  pick(index) {
    const item = this.items[index];
    this.hide();
    this.onpick(item);
  }

  // Returns whether the key was used up here.
  key(event) {
    if (!this.isOpen) return false;
    if (event.key === "ArrowDown") this.move(this.active + 1);
    else if (event.key === "ArrowUp") this.move(this.active - 1);
    else if (event.key === "Enter" || event.key === "Tab") this.pick(this.active);
    else if (event.key === "Escape") this.hide();
    else return false;
    if (event.key !== "Tab" || event.target !== document.activeElement) event.preventDefault();
    event.stopPropagation();
    return true;
  }
}
