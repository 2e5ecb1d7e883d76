// The frame of a pane: whose view it is, which channel, and the places for list, timeline and composer.

import { h, icon, iconButton, uid } from "./dom.js";
import { avatar } from "./people.js";

export class PaneView {
  // `acts`: person(id), close(), drawer().
  constructor(acts, parts) {
    this.acts = acts;
    this.face = h("span", { class: "pane-face" });
    this.person = h("select", {
      class: "person-select",
      "aria-label": "Whose view this is",
      onchange: () => acts.person(this.person.value),
    });
    this.role = h("span", { class: "role-tag" });
    this.channel = h("h2", { class: "channel-title" });
    this.drawer = iconButton("menu", "Show the channels", () => this.toggleDrawer(), "drawer-button");
    this.close = iconButton("close", "Close this pane", () => acts.close(), "pane-close");
    const who = h(
      "div",
      { class: "pane-who" },
      this.face,
      h("span", { class: "person-box" }, this.person, icon("chevron")),
      this.role,
    );
    const bar = h("header", { class: "pane-bar" }, who, this.drawer, this.channel, this.close);
    this.inner = h(
      "div",
      { class: "pane-inner" },
      bar,
      h(
        "div",
        { class: "pane-columns" },
        parts.sidebar,
        h("div", { class: "conversation" }, parts.timeline, parts.composer),
      ),
    );
    this.element = h("section", { class: "pane", id: uid("pane"), tabindex: "-1" }, this.inner);
    this.element.addEventListener("keydown", (event) => event.key === "Escape" && this.toggleDrawer(false));
  }

  toggleDrawer(open = !this.element.classList.contains("drawer-open")) {
    this.element.classList.toggle("drawer-open", open);
    this.drawer.setAttribute("aria-expanded", String(open));
    if (open) this.element.querySelector(".channel[aria-current], .channel")?.focus();
  }

  drawPerson({ me, people }) {
    this.element.setAttribute("aria-label", `${me.name}’s view`);
    this.face.replaceChildren(avatar(me.id, me.name));
    this.role.textContent = people.find((person) => person.id === me.id)?.role ?? "";
    this.person.replaceChildren(
      ...people.map((person) =>
        h("option", { value: person.id, selected: person.id === me.id }, person.name),
      ),
    );
  }

  drawChannel(channel, parent) {
    const name = channel ? channel.name : "no channel";
    const from = parent ? h("span", { class: "channel-parent" }, `${parent.name} › `) : null;
    const topic = channel?.topic ? h("span", { class: "topic" }, channel.topic) : null;
    this.channel.replaceChildren(
      icon(channel?.parent ? "thread" : "hash"),
      h("span", { class: "cut" }, from, name),
      topic ?? "",
    );
    this.channel.title = channel?.topic || name;
  }
}
