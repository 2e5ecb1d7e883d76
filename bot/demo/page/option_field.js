// One option of a slash command: a small typed field that reads to a value or says what would be right.

import { h, uid } from "./dom.js";
import { pack } from "./files.js";
import { Suggestions } from "./suggestions.js";

export const TYPE = {
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
  attachment: 11,
};
const YES_NO = [
  { name: "yes", value: true },
  { name: "no", value: false },
];
const PAUSE = 150;

export class OptionField {
  // `world` gives people, channels and roles; `ask(option, typed)` resolves to autocomplete choices.
  // onfilled() tells that a file was chosen, after which nothing is left to do in this field.
  constructor(option, world, { ask, onfocus, onremove, onfilled }) {
    this.option = option;
    this.choices = choicesOf(option, world);
    this.ask = ask;
    this.question = 0;
    this.input = h("input", this.inputProps());
    this.input.addEventListener("focus", () => onfocus(this));
    if (this.input.type === "file") this.input.addEventListener("change", () => onfilled());
    this.input.addEventListener("blur", () => this.suggestions?.hide());
    const label = h(
      "label",
      { for: this.input.id },
      option.name,
      option.required ? h("span", { class: "needed", title: "needed" }, " *") : null,
    );
    const remove = option.required
      ? null
      : h(
          "button",
          {
            type: "button",
            class: "field-remove",
            "aria-label": `Remove ${option.name}`,
            onclick: () => onremove(this),
          },
          "×",
        );
    this.element = h("div", { class: "option-field" }, label, this.input, remove);
    if (this.choices || option.autocomplete) this.suggest();
  }

  inputProps() {
    const { option } = this;
    const type = option.type === TYPE.attachment ? "file" : "text";
    const numeric = !this.choices && (option.type === TYPE.integer || option.type === TYPE.number);
    return {
      type,
      id: uid("option"),
      autocomplete: "off",
      spellcheck: "false",
      "aria-description": option.description,
      "aria-required": option.required ? "true" : null,
      inputmode: numeric ? "decimal" : null,
      placeholder: hint(option) || null,
      size: type === "text" ? "12" : null,
    };
  }

  suggest() {
    this.suggestions = new Suggestions(
      this.input,
      `${this.option.name}: ${this.option.description}`,
      (item) => this.take(item),
      this.element,
    );
    this.element.append(this.suggestions.element);
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("click", () => this.typed());
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" && !this.suggestions.isOpen) this.typed();
      else this.suggestions.key(event);
    });
  }

  focus() {
    this.input.focus();
    if (this.suggestions && !this.input.value) this.typed();
  }

  take(item) {
    this.picked = item;
    this.input.value = item.label;
    this.settle();
    this.input.focus();
  }

  settle() {
    clearTimeout(this.timer);
    this.question += 1;
    this.suggestions?.hide();
  }

  typed() {
    clearTimeout(this.timer);
    this.picked = this.picked?.label === this.input.value ? this.picked : null;
    if (this.choices)
      return this.suggestions.show(matching(this.choices, this.picked ? "" : this.input.value));
    this.timer = setTimeout(() => this.query(), PAUSE);
    return undefined;
  }

  async query() {
    this.question += 1;
    const mine = this.question;
    const choices = await this.ask(this.option, this.input.value).catch(() => []);
    if (mine === this.question && document.activeElement === this.input)
      this.suggestions.show(choices.map(asItem));
  }

  // Fills the field from text, as in "questions:3".
  set(text) {
    this.input.value = text;
    const known = this.choices?.find(
      (choice) => sameText(choice.name, text) || sameText(String(choice.value), text),
    );
    if (known) this.take(asItem(known));
    this.settle();
  }

  // Resolves to the value, or undefined when left empty; throws a sentence.
  async read() {
    if (this.option.type === TYPE.attachment) return this.readFile();
    const text = this.input.value.trim();
    if (!text && !this.option.required) return undefined;
    if (!text) throw new Error(`“${this.option.name}” is needed. ${this.option.description}`);
    if (this.picked) return this.picked.value;
    const { type } = this.option;
    if (this.choices) return this.readChoice(text);
    return type === TYPE.integer || type === TYPE.number ? this.readNumber(text) : this.readText(text);
  }

  readChoice(text) {
    const known = this.choices.find((choice) => sameText(choice.name, text));
    if (!known) throw new Error(`“${this.option.name}” must be from its list; “${text}” is not in it.`);
    return known.value;
  }

  readNumber(text) {
    const { name, type, min_value: min, max_value: max } = this.option;
    const value = Number(text);
    const right = Number.isFinite(value) && (type === TYPE.number || Number.isInteger(value));
    if (!right || value < (min ?? -Infinity) || value > (max ?? Infinity)) {
      throw new Error(
        `“${name}” must be a ${type === TYPE.integer ? "whole " : ""}number${range(min, max)}.`,
      );
    }
    return value;
  }

  readText(text) {
    const { name, min_length: min, max_length: max } = this.option;
    if (text.length < (min ?? 0) || text.length > (max ?? 6000))
      throw new Error(`“${name}” must have ${min ?? 0} to ${max ?? 6000} characters.`);
    return text;
  }

  async readFile() {
    const [file] = this.input.files;
    if (file) return (await pack([file]))[0];
    if (this.option.required) throw new Error(`“${this.option.name}” is needed: please choose a file.`);
    return undefined;
  }
}

function choicesOf(option, world) {
  if (option.choices?.length) return option.choices;
  const people = [...world.people, world.bot].map((person) => ({ name: person.name, value: person.id }));
  const roles = world.roles.map((role) => ({ name: role.name, value: role.id }));
  const channels = world.channels.map((channel) => ({ name: `#${channel.name}`, value: channel.id }));
  return (
    {
      [TYPE.boolean]: YES_NO,
      [TYPE.user]: people,
      [TYPE.channel]: channels,
      [TYPE.role]: roles,
      [TYPE.mentionable]: [...people, ...roles],
    }[option.type] ?? null
  );
}

function matching(choices, text) {
  const wanted = text.trim().toLowerCase();
  return choices.filter((choice) => choice.name.toLowerCase().includes(wanted)).map(asItem);
}

function asItem(choice) {
  return { label: choice.name, value: choice.value };
}

function sameText(one, other) {
  return one.toLowerCase() === other.toLowerCase();
}

function hint({ type, min_value: min, max_value: max }) {
  const numeric = type === TYPE.integer || type === TYPE.number;
  return numeric && min != null && max != null ? `${min} to ${max}` : "";
}

function range(min, max) {
  if (min != null && max != null) return ` from ${min} to ${max}`;
  if (min != null) return ` of at least ${min}`;
  return max != null ? ` of at most ${max}` : "";
}
