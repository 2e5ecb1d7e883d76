// A chosen slash command in the composer: its fields, its optional ones as chips, and what is wrong.

import { h, icon, iconButton } from "./dom.js";
import { OptionField, TYPE } from "./option_field.js";
import { Suggestions } from "./suggestions.js";

// Splits "quiz play questions:3 seconds:20" into the command and its option texts, or gives null.
export function parseCommand(text, commands) {
  const line = text.replace(/^\//, "").trim();
  const fits = commands.filter(({ name }) => line === name || line.startsWith(`${name} `));
  const command = fits.sort((one, other) => other.name.length - one.name.length)[0];
  if (!command) return null;
  const names = command.options.map((option) => option.name);
  const pattern = new RegExp(`(?:^| )(${names.join("|")}):`, "u");
  const parts = names.length ? line.slice(command.name.length).split(pattern) : [];
  const values = {};
  for (let at = 1; at < parts.length; at += 2) values[parts[at]] = parts[at + 1].trim();
  return { command, values };
}

export class CommandForm {
  // `acts`: send(name, options), autocomplete(name, option, value, options), cancel(text).
  constructor({ command, values }, world, acts) {
    this.command = command;
    this.world = world;
    this.acts = acts;
    this.fields = [];
    this.build();
    for (const option of command.options) {
      if (option.required || option.name in values) this.add(option).set(values[option.name] ?? "");
    }
    this.drawChips();
  }

  build() {
    const name = h("span", { class: "command-name" }, `/${this.command.name}`);
    this.buildMore();
    this.line = h("div", { class: "command-fields" }, name, this.more, this.names.element);
    this.chips = h("div", { class: "chips" });
    this.note = h("div", { class: "command-note", "aria-live": "polite" }, this.command.description);
    this.button = h(
      "button",
      { type: "submit", class: "button s1 send" },
      h("span", {}, "Send"),
      icon("send"),
    );
    const cancel = iconButton("close", "Leave this command", () => this.acts.cancel(""));
    const props = {
      class: "command-form",
      "aria-label": `Command /${this.command.name}`,
      onsubmit: (event) => this.submit(event),
      onkeydown: (event) => this.key(event),
      oninput: (event) => this.typedName(event.target),
    };
    const head = h("div", { class: "command-head" }, this.note, cancel);
    this.element = h(
      "form",
      props,
      head,
      this.line,
      h("div", { class: "command-foot" }, this.chips, this.button),
    );
  }

  // The open end of the line, where a further option is begun by its name.
  buildMore() {
    this.more = h("input", {
      type: "text",
      class: "more",
      autocomplete: "off",
      "aria-label": "Add an option by its name, or press Enter to send",
      placeholder: "option, or Enter",
      oninput: () => this.suggestOptions(),
      onkeydown: (event) => this.moreKey(event),
      onblur: () => this.names.hide(),
    });
    this.names = new Suggestions(this.more, "Options", (item) => this.open(item.value), this.more);
  }

  add(option) {
    const field = new OptionField(option, this.world, {
      ask: (asked, typed) => this.ask(asked, typed),
      onfocus: () => this.tell(`${option.name}: ${option.description}`),
      onremove: () => this.remove(field),
      onfilled: () => this.focus(),
    });
    this.fields.push(field);
    this.more.before(field.element);
    return field;
  }

  remove(field) {
    this.fields = this.fields.filter((other) => other !== field);
    field.element.remove();
    this.drawChips();
    this.focus();
  }

  left() {
    const shown = new Set(this.fields.map((field) => field.option));
    return this.command.options.filter((option) => !shown.has(option));
  }

  drawChips() {
    const left = this.left();
    this.more.hidden = !left.length;
    this.chips.replaceChildren(...left.map((option) => this.chip(option)));
  }

  chip(option) {
    return h(
      "button",
      { type: "button", class: "chip", title: option.description, onclick: () => this.open(option) },
      `+ ${option.name}`,
    );
  }

  open(option) {
    const field = this.add(option);
    this.more.value = "";
    this.drawChips();
    field.focus();
  }

  suggestOptions() {
    const wanted = this.more.value.trim().toLowerCase();
    const left = wanted ? this.left().filter((option) => option.name.startsWith(wanted)) : [];
    this.showNames(left);
  }

  moreKey(event) {
    if (event.key === "ArrowDown" && !this.names.isOpen) this.showNames(this.left());
    else if (!this.names.key(event) && event.key === "Backspace" && !this.more.value) this.back(event);
  }

  showNames(options) {
    this.names.show(
      options.map((option) => ({ label: option.name, detail: option.description, value: option })),
    );
  }

  // Typing "seconds:" anywhere goes on in that option's field, as in one line of text; so it does in that field.
  typedName(input) {
    const match = /(?:^| )([\p{L}\d_-]+):$/u.exec(input.type === "text" ? input.value : "");
    const option = match && this.left().find(({ name }) => name === match[1]);
    const shown = match && this.fields.find((field) => field.option.name === match[1]);
    const isOwn = shown?.input === input;
    if (option || (shown && (!isOwn || !match.index))) input.value = input.value.slice(0, match.index);
    if (option) this.open(option);
    else if (shown && !isOwn) shown.focus();
  }

  // Puts the cursor into the first empty field; with all filled, Enter sends (in a file field it opens files).
  focus() {
    const empty = this.fields.find((field) => !field.input.value);
    if (empty) empty.focus();
    else if (!this.more.hidden) this.more.focus();
    else if (this.fields.length && this.fields.at(-1).input.type !== "file") this.fields.at(-1).input.focus();
    else this.button.focus();
  }

  key(event) {
    if (event.key === "Escape") this.acts.cancel("");
    else if (event.key === "Backspace" && event.target.value === "" && event.target === this.fields[0]?.input)
      this.back(event);
  }

  // Backspace in an empty place takes the last optional field away, then leaves the command.
  back(event) {
    event.preventDefault();
    const last = this.fields.at(-1);
    if (last && !last.option.required && event.target === this.more) this.remove(last);
    else if (event.target !== this.more || !last) this.acts.cancel(`/${this.command.name}`);
  }

  tell(text, isError = false) {
    this.note.textContent = text;
    this.note.classList.toggle("error", isError);
  }

  async ask(option, typed) {
    const others = {};
    for (const field of this.fields) {
      if (field.option !== option && field.option.type !== TYPE.attachment)
        others[field.option.name] = await field.read().catch(() => undefined);
    }
    const { choices } = await this.acts.autocomplete(this.command.name, option.name, typed, others);
    return choices;
  }

  async submit(event) {
    event.preventDefault();
    if (this.element.hasAttribute("aria-busy")) return;
    const options = await this.read();
    if (!options) return;
    this.element.setAttribute("aria-busy", "true");
    this.tell("Sending …");
    try {
      await this.acts.send(this.command.name, options);
    } catch (reason) {
      this.element.removeAttribute("aria-busy");
      this.tell(`/${this.command.name} failed: ${reason.message}`, true);
    }
  }

  async read() {
    const options = {};
    for (const field of this.fields) {
      field.input.removeAttribute("aria-invalid");
      try {
        const value = await field.read();
        if (value !== undefined) options[field.option.name] = value;
      } catch (reason) {
        field.input.setAttribute("aria-invalid", "true");
        field.input.focus();
        field.suggestions?.hide();
        this.tell(reason.message, true);
        return null;
      }
    }
    return options;
  }
}
