// The list of channels, with the threads of each beneath it.

import { h, icon } from "./dom.js";

export class ChannelList {
  constructor(onopen) {
    this.onopen = onopen;
    this.title = h("div", { class: "guild-name" });
    this.list = h("ul", { class: "channels" });
    this.element = h("nav", { class: "sidebar", "aria-label": "Channels" }, this.title, this.list);
  }

  draw({ guild, channels }, current, unread) {
    this.title.textContent = guild.name;
    const focused = this.element.contains(document.activeElement)
      ? document.activeElement.dataset.channel
      : null;
    const tops = channels.filter((channel) => !channel.parent);
    this.list.replaceChildren(...tops.map((channel) => this.branch(channel, channels, current, unread)));
    if (focused) this.list.querySelector(`[data-channel="${CSS.escape(focused)}"]`)?.focus();
  }

  branch(channel, channels, current, unread) {
    const threads = channels.filter((thread) => thread.parent === channel.id);
    const shown = threads.filter((thread) => !thread.archived || thread.id === current);
    const nested = shown.length
      ? h(
          "ul",
          { class: "threads" },
          shown.map((thread) => h("li", {}, this.link(thread, current, unread))),
        )
      : null;
    return h("li", {}, this.link(channel, current, unread), nested);
  }

  link(channel, current, unread) {
    const kind = channel.archived ? "archive" : channel.parent ? "thread" : "hash";
    const isNew = unread.has(channel.id) && channel.id !== current;
    return h(
      "button",
      {
        type: "button",
        class: `channel ${isNew ? "unread" : ""}`,
        "aria-current": channel.id === current ? "page" : null,
        dataset: { channel: channel.id },
        title: channel.topic || null,
        onclick: () => this.onopen(channel.id),
      },
      icon(kind),
      h("span", { class: "cut" }, channel.name),
      isNew ? h("span", { class: "new-mark" }, "new") : null,
    );
  }
}
