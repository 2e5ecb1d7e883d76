// The line at the bottom: plain messages, the command picker, and the form of a chosen command.

import { CommandForm, parseCommand } from "./command_form.js";
import { h, iconButton } from "./dom.js";
import { Suggestions } from "./suggestions.js";

export class Composer {
  // `acts`: send(text), slash(name, options), autocomplete(...); each returns a promise.
  constructor(world, acts) {
    this.world = world;
    this.acts = acts;
    this.form = null;
    this.note = h("div", { class: "command-note", role: "status" });
    this.build();
  }

  build() {
    this.input = h("input", {
      type: "text",
      class: "composer-input",
      autocomplete: "off",
      maxlength: "2000",
      oninput: () => this.typed(),
      onkeydown: (event) => this.key(event),
      onblur: () => this.picker.hide(),
    });
    const commands = iconButton("slash", "Show the commands", () => this.browse());
    const send = iconButton("send", "Send the message", null);
    send.type = "submit";
    const props = { class: "composer-plain", onsubmit: (event) => this.submit(event) };
    this.plain = h("form", props, commands, this.input, send);
    this.picker = new Suggestions(this.input, "Commands", (item) => this.choose(item.value, {}), this.plain);
    this.element = h("div", { class: "composer" }, this.note, this.plain, this.picker.element);
  }

  setChannel(channel) {
    const open = channel?.canSend ?? false;
    this.input.disabled = !open;
    this.plain.classList.toggle("closed", !open);
    const closed = channel?.archived ? "This thread is closed." : "You cannot write in this channel.";
    this.input.placeholder = open ? `Message #${channel.name}, or / for commands` : closed;
    this.input.setAttribute(
      "aria-label",
      open ? `Message ${channel.name}, or type a slash for commands` : closed,
    );
  }

  focus() {
    if (this.form) this.form.focus();
    else this.input.focus();
  }

  browse() {
    this.write("/");
    this.typed();
  }

  // The bot has told its commands anew: an open list shows them.
  refresh() {
    if (document.activeElement === this.input && this.input.value.startsWith("/")) this.typed();
  }

  write(text) {
    this.leave("");
    this.input.value = text;
    this.input.focus();
  }

  typed() {
    this.note.textContent = "";
    this.note.classList.remove("error");
    const text = this.input.value;
    if (!text.startsWith("/")) return this.picker.hide();
    if (!this.world.commands.length)
      this.note.textContent = "The bot is still starting. Its commands appear here in a moment.";
    const wanted = text.slice(1).trim().toLowerCase();
    const found = this.world.commands.filter((command) => matches(command, wanted));
    this.picker.show(found.map(asItem), 340);
    const exact = parseCommand(text, this.world.commands);
    if (
      exact &&
      /^\/.*\s$/.test(text) &&
      found.length === 1 &&
      !exact.command.options.some((o) => text.includes(`${o.name}:`))
    )
      this.choose(exact.command, exact.values);
    return undefined;
  }

  key(event) {
    const parsed = event.key === "Enter" && this.input.value.includes(":") ? this.parsed() : null;
    if (!parsed) return this.picker.key(event);
    event.preventDefault();
    return this.choose(parsed.command, parsed.values);
  }

  parsed() {
    return this.input.value.startsWith("/") ? parseCommand(this.input.value, this.world.commands) : null;
  }

  // Opens the form of the command that `text` names, with its options filled in; says whether there is one.
  fill(text) {
    const parsed = parseCommand(text, this.world.commands);
    if (parsed) this.choose(parsed.command, parsed.values);
    return Boolean(parsed);
  }

  choose(command, values) {
    this.picker.hide();
    this.form?.element.remove();
    this.form = new CommandForm({ command, values }, this.world, {
      send: (name, options) => this.acts.slash(name, options).then(() => this.leave("")),
      autocomplete: this.acts.autocomplete,
      cancel: (text) => this.leave(text),
    });
    this.note.textContent = "";
    this.plain.hidden = true;
    this.element.append(this.form.element);
    this.form.focus();
  }

  leave(text) {
    const hadFocus = this.element.contains(document.activeElement);
    this.form?.element.remove();
    this.form = null;
    this.plain.hidden = false;
    this.input.value = text;
    if (hadFocus) this.input.focus();
    if (text) this.typed();
  }

  async submit(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    if (!text) return;
    if (text.startsWith("/")) {
      const parsed = this.parsed();
      if (parsed) this.choose(parsed.command, parsed.values);
      else this.tell(`There is no command “${text.split(" ")[0]}”. Type / to see them all.`);
      return;
    }
    this.input.value = "";
    await this.acts.send(text).catch((reason) => {
      this.input.value ||= text;
      this.tell(`Not sent: ${reason.message}`);
    });
  }

  tell(text) {
    this.note.textContent = text;
    this.note.classList.add("error");
  }
}

function matches({ name, description }, wanted) {
  if (!wanted) return true;
  return (
    name.startsWith(wanted) ||
    name.split(" ").some((word) => word.startsWith(wanted)) ||
    wanted.startsWith(`${name} `) ||
    (wanted.length > 2 && description.toLowerCase().includes(wanted))
  );
}

function asItem(command) {
  return { label: `/${command.name}`, detail: command.description, value: command };
}
