// A select menu: a button with a list of described options; one choice, or several within limits.

import { h, icon, uid } from "./dom.js";
import { float } from "./floating.js";
import { emojiText } from "./inline.js";

// `spec`: key, label, placeholder, options, min, max, disabled, onchange(values) which may return a
// promise. A visible label has the id labelledBy, and is for the id of the select.
export function select(spec) {
  return new Select(spec).element;
}

class Select {
  constructor(spec) {
    this.spec = spec;
    this.chosen = new Set(spec.options.filter((option) => option.default).map((option) => option.value));
    this.active = 0;
    this.typed = "";
    this.build();
    this.draw();
  }

  get several() {
    return this.spec.max > 1;
  }

  build() {
    const listId = uid("options");
    this.face = h("span", { class: "select-face" });
    this.button = h("button", this.buttonProps(listId), this.face, icon("chevron"));
    this.items = this.spec.options.map((option, index) => this.item(option, index));
    this.note = h("div", { class: "options-note" });
    this.popup = this.buildPopup(listId);
    const { key, options, min, max, disabled, placeholder } = this.spec;
    const signature = JSON.stringify([options, min, max, disabled, placeholder]);
    this.element = h("div", { class: "select", dataset: { key, keep: signature } }, this.button, this.popup);
    this.element.values = () => this.values();
    this.element.button = this.button;
  }

  buttonProps(listId) {
    const { id, labelledBy, label, disabled } = this.spec;
    return {
      id,
      type: "button",
      class: "select-button",
      role: "combobox",
      "aria-haspopup": "listbox",
      "aria-expanded": "false",
      "aria-controls": listId,
      "aria-label": labelledBy ? null : label,
      "aria-labelledby": labelledBy,
      disabled,
      onclick: () => this.toggle(),
      onkeydown: (event) => this.key(event),
      onblur: () => this.close(),
    };
  }

  buildPopup(listId) {
    const list = h(
      "div",
      {
        class: "options",
        id: listId,
        role: "listbox",
        "aria-label": this.spec.label,
        "aria-multiselectable": this.several ? "true" : null,
      },
      this.items,
    );
    const props = { class: "popup", onmousedown: (event) => event.preventDefault() };
    return h("div", props, list, this.several ? this.foot() : null);
  }

  foot() {
    return h(
      "div",
      { class: "options-foot" },
      this.note,
      h(
        "button",
        { type: "button", class: "button s2", tabindex: "-1", onclick: () => this.close() },
        "Done",
      ),
    );
  }

  item(option, index) {
    const text = h(
      "span",
      { class: "option-text" },
      h("span", {}, option.label),
      option.description ? h("small", {}, option.description) : null,
    );
    return h(
      "div",
      {
        class: "option",
        role: "option",
        id: uid("option"),
        onclick: () => this.pick(index),
        onmousemove: () => this.move(index),
      },
      emojiText(option.emoji),
      text,
      h("span", { class: "tick" }, icon("check")),
    );
  }

  // In the order of the options, whatever order they were picked in.
  values() {
    return this.spec.options.map((option) => option.value).filter((value) => this.chosen.has(value));
  }

  draw() {
    const { options, placeholder, min, max } = this.spec;
    const labels = options.filter((option) => this.chosen.has(option.value)).map((option) => option.label);
    this.face.replaceChildren(
      labels.length ? labels.join(", ") : h("span", { class: "placeholder" }, placeholder),
    );
    this.items.forEach((item, index) => {
      item.setAttribute("aria-selected", String(this.chosen.has(options[index].value)));
      item.classList.toggle("active", index === this.active);
    });
    this.note.textContent =
      min === max
        ? `Choose ${max} (${labels.length} so far)`
        : `Choose ${min} to ${max} (${labels.length} so far)`;
  }

  toggle() {
    if (this.unfloat) this.close();
    else this.open();
  }

  open() {
    if (this.unfloat || this.button.hasAttribute("aria-busy") || !this.items.length) return;
    this.before = this.values().join("\n");
    this.active = Math.max(
      0,
      this.spec.options.findIndex((option) => this.chosen.has(option.value)),
    );
    this.button.setAttribute("aria-expanded", "true");
    this.unfloat = float(this.popup, this.button);
    this.move(this.active);
  }

  // Several choices are sent together when the list closes, and only if they changed and are enough.
  close() {
    if (!this.unfloat) return;
    this.unfloat();
    this.unfloat = null;
    this.button.setAttribute("aria-expanded", "false");
    this.button.removeAttribute("aria-activedescendant");
    if (this.several && this.values().join("\n") !== this.before && this.chosen.size >= this.spec.min)
      this.report();
  }

  move(index) {
    this.active = index;
    this.draw();
    this.items[index].scrollIntoView({ block: "nearest" });
    this.button.setAttribute("aria-activedescendant", this.items[index].id);
  }

  pick(index) {
    const { value } = this.spec.options[index];
    const had = this.chosen.has(value);
    if (this.several && !had && this.chosen.size >= this.spec.max) return;
    if (!this.several) this.chosen.clear();
    if (had && (this.several || this.spec.min === 0)) this.chosen.delete(value);
    else this.chosen.add(value);
    this.draw();
    if (this.several) return;
    this.close();
    this.report();
  }

  async report() {
    this.button.setAttribute("aria-busy", "true");
    await this.spec.onchange(this.values());
    this.button.removeAttribute("aria-busy");
  }

  key(event) {
    const last = this.items.length - 1;
    const moves = {
      ArrowDown: Math.min(this.active + 1, last),
      ArrowUp: Math.max(this.active - 1, 0),
      Home: 0,
      End: last,
    };
    if (!this.unfloat) {
      if (["ArrowDown", "ArrowUp", "Enter", " "].includes(event.key)) this.take(event, () => this.open());
    } else if (event.key in moves) this.take(event, () => this.move(moves[event.key]));
    else if (event.key === "Enter" || event.key === " ") this.take(event, () => this.pick(this.active));
    else if (event.key === "Escape") this.take(event, () => this.close());
    else if (event.key.length === 1) this.jumpTo(event.key);
  }

  take(event, act) {
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  jumpTo(letter) {
    clearTimeout(this.forget);
    this.typed += letter.toLowerCase();
    this.forget = setTimeout(() => (this.typed = ""), 700);
    const index = this.spec.options.findIndex((option) => option.label.toLowerCase().startsWith(this.typed));
    if (index >= 0) this.move(index);
  }
}
