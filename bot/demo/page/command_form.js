// A chosen slash command in the composer: its needed fields, its optional ones as chips, and what is wrong with them.

import { h, icon, iconButton } from "./dom.js";
import { OptionField } from "./option_field.js";

// Splits "quiz play questions:3 seconds:20" into the command and its option texts; null if no command starts so.
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
    this.line = h("div", { class: "command-fields" });
    this.chips = h("div", { class: "chips" });
    this.note = h("div", { class: "command-note", "aria-live": "polite" }, this.command.description);
    this.button = h("button", { type: "submit", class: "button s1 send" }, h("span", {}, "Send"), icon("send"));
    const cancel = iconButton("close", "Leave this command", () => this.acts.cancel(""));
    this.element = h(
      "form",
      { class: "command-form", "aria-label": `Command /${this.command.name}`, onsubmit: (event) => this.submit(event), onkeydown: (event) => this.key(event) },
      this.note,
      h("div", { class: "command-line" }, h("span", { class: "command-name" }, `/${this.command.name}`), this.line, h("span", { class: "command-end" }, this.button, cancel)),
      this.chips,
    );
  }

  add(option) {
    const field = new OptionField(option, this.world, {
      ask: (asked, typed) => this.ask(asked, typed),
      onfocus: () => this.tell(`${option.name}: ${option.description}`),
      onremove: () => this.remove(field),
    });
    this.fields.push(field);
    this.line.append(field.element);
    return field;
  }

  remove(field) {
    this.fields = this.fields.filter((other) => other !== field);
    field.element.remove();
    this.drawChips();
    this.focus();
  }

  drawChips() {
    const shown = new Set(this.fields.map((field) => field.option));
    const left = this.command.options.filter((option) => !shown.has(option));
    this.chips.replaceChildren(...left.map((option) => this.chip(option)));
  }

  chip(option) {
    const choose = () => {
      const field = this.add(option);
      this.drawChips();
      field.focus();
    };
    return h("button", { type: "button", class: "chip", title: option.description, onclick: choose }, `+ ${option.name}`);
  }

  // Puts the cursor into the first empty field; with all filled, Enter sends.
  focus() {
    const empty = this.fields.find((field) => !field.input.value);
    if (empty) empty.focus();
    else (this.fields.at(-1)?.input ?? this.button).focus();
  }

  key(event) {
    if (event.key === "Escape") this.acts.cancel("");
    else if (event.key === "Backspace" && event.target.value === "" && event.target === this.fields[0]?.input) {
      event.preventDefault();
      this.acts.cancel(`/${this.command.name}`);
    }
  }

  tell(text, isError = false) {
    this.note.textContent = text;
    this.note.classList.toggle("error", isError);
  }

  async ask(option, typed) {
    const others = {};
    for (const field of this.fields) {
      if (field.option !== option) others[field.option.name] = await field.read().catch(() => undefined);
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
