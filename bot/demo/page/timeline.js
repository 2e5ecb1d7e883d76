// The messages of the open channel: kept in place on updates, at the bottom while the reader is there.

import { AppsMenu, pointOf } from "./apps_menu.js";
import { h, icon } from "./dom.js";
import { revealSpoiler } from "./inline.js";
import { messageNode } from "./message.js";
import { patch } from "./patch.js";

const NEAR_BOTTOM = 60;
const TOGETHER = 7 * 60 * 1000;
const USABLE = "[data-act='click']:not(:disabled), .select-button:not(:disabled)";
const WHOLE_PAGE = 60;
const NOTHING = { working: new Set(), error: null };

export class Timeline {
  // `acts`: click, select, apps, vote, dismiss (each returning a promise), channel(id), command(name).
  constructor(pane, world, acts) {
    this.pane = pane;
    this.world = world;
    this.acts = acts;
    this.messages = new Map();
    this.states = new Map();
    this.unseen = 0;
    this.stuck = true;
    this.lastTop = 0;
    this.build();
  }

  build() {
    this.list = h("div", {
      class: "list",
      role: "log",
      "aria-live": "polite",
      "aria-relevant": "additions",
      "aria-label": "Messages",
    });
    this.intro = h("div", { class: "intro" });
    this.feed = h("div", { class: "feed" }, this.intro, this.list);
    this.scroller = h(
      "div",
      {
        class: "scroller",
        tabindex: "0",
        "aria-label": "Messages of this channel",
        role: "region",
        onscroll: () => this.onscroll(),
      },
      this.feed,
    );
    this.jump = h("button", { type: "button", class: "jump", hidden: true, onclick: () => this.toBottom() });
    this.apps = new AppsMenu(this.world, (message, name) =>
      this.run(message, "apps", () => this.acts.apps(message, name)),
    );
    this.element = h("div", { class: "timeline no-apps" }, this.scroller, this.jump, this.apps.element);
    this.list.addEventListener("mousedown", (event) => this.onmousedown(event));
    this.list.addEventListener("contextmenu", (event) => this.oncontextmenu(event));
    this.list.addEventListener("click", (event) => this.onclick(event));
    this.list.addEventListener("keydown", (event) => this.onkeydown(event));
    const observer = new ResizeObserver(() => this.follow());
    observer.observe(this.feed);
    observer.observe(this.scroller);
  }

  // `channel` is introduced above its first message.
  show(messages, channel) {
    const topic = channel?.topic ? h("p", {}, channel.topic) : null;
    this.intro.replaceChildren(
      h("h3", {}, channel?.parent ? channel.name : `#${channel?.name ?? ""}`),
      topic ?? "",
    );
    this.apps.close();
    this.intro.hidden = !channel || messages.length >= WHOLE_PAGE;
    this.messages = new Map(messages.map((message) => [message.id, message]));
    this.list.setAttribute("aria-busy", "true");
    this.list.replaceChildren(...messages.map((message) => messageNode(message, this)));
    this.group();
    this.list.removeAttribute("aria-busy");
    this.toBottom();
  }

  put(message) {
    const isNew = !this.messages.has(message.id);
    this.messages.set(message.id, message);
    if (!isNew) {
      this.redraw(message.id);
      return;
    }
    this.list.append(messageNode(message, this));
    this.group();
    if (!this.stuck) this.tellUnseen(this.unseen + 1);
    this.follow();
  }

  remove(id) {
    const node = this.nodeOf(id);
    const hadFocus = node?.contains(document.activeElement);
    this.messages.delete(id);
    if (this.apps.message?.id === id) this.apps.close();
    node?.remove();
    this.group();
    if (hadFocus) this.scroller.focus();
  }

  redraw(id) {
    const node = this.nodeOf(id);
    const message = this.messages.get(id);
    if (!node || !message) return;
    const focused = node.contains(document.activeElement) ? document.activeElement : null;
    patch(node, messageNode(message, this));
    this.group();
    this.follow();
    // A control that was used and is now closed must not swallow the keyboard.
    if (focused && (!focused.isConnected || focused.disabled)) this.nodeOf(id).focus({ preventScroll: true });
  }

  // People, roles, channels or the bot's commands are others now.
  refresh() {
    this.apps.close();
    this.element.classList.toggle("no-apps", !this.world.messageCommands.length);
    for (const id of this.messages.keys()) this.redraw(id);
  }

  nodeOf(id) {
    return this.list.querySelector(`[data-message="${CSS.escape(id)}"]`);
  }

  state(id) {
    return this.states.get(id) ?? NOTHING;
  }

  // Messages of one author within minutes share one head.
  group() {
    let last = null;
    for (const node of this.list.children) {
      const message = this.messages.get(node.dataset.message);
      const same =
        last &&
        last.author.id === message.author.id &&
        message.type === 0 &&
        !((message.flags ^ last.flags) & 64);
      const soon = last && Date.parse(message.timestamp) - Date.parse(last.timestamp) < TOGETHER;
      node.classList.toggle("grouped", Boolean(same && soon));
      last = message;
    }
  }

  onscroll() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    const isNear = scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM;
    // Only moving up leaves the bottom: a picture that has just loaded does not.
    this.stuck = isNear || (this.stuck && scrollTop >= this.lastTop);
    this.lastTop = scrollTop;
    if (isNear) this.tellUnseen(0);
  }

  follow() {
    if (this.stuck) this.toBottom();
  }

  toBottom() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.lastTop = this.scroller.scrollTop;
    this.stuck = true;
    this.tellUnseen(0);
  }

  // Moves the focus to the first control of the newest message that has one to use.
  focusNewest() {
    const message = [...this.list.children].reverse().find((node) => node.querySelector(USABLE));
    message?.querySelector(USABLE).focus();
    return Boolean(message);
  }

  tellUnseen(count) {
    this.unseen = count;
    this.jump.hidden = count === 0;
    this.jump.replaceChildren(`${count} new ${count === 1 ? "message" : "messages"}`, icon("down"));
  }

  onkeydown(event) {
    if (event.target.dataset.act !== "spoiler" || !["Enter", " "].includes(event.key)) return;
    event.preventDefault();
    revealSpoiler(event.target);
  }

  messageAt(element) {
    return this.messages.get(element.closest("[data-message]")?.dataset.message);
  }

  // The button of an open menu closes it; without this the menu would lose the focus, close, and open again.
  onmousedown(event) {
    const button = event.target.closest("[data-act='apps']");
    if (button && this.apps.message === this.messageAt(button)) event.preventDefault();
  }

  oncontextmenu(event) {
    const message = this.messageAt(event.target);
    const button = message && this.nodeOf(message.id).querySelector("[data-act='apps']");
    const own = event.target.closest("a, img, input, textarea") || !getSelection().isCollapsed;
    if (!button?.checkVisibility() || own) return;
    event.preventDefault();
    this.apps.open(message, button, pointOf(event));
  }

  onclick(event) {
    const control = event.target.closest("[data-act]");
    if (!control || control.disabled) return;
    const message = this.messageAt(control);
    const { act } = control.dataset;
    if (act === "spoiler" && control.getAttribute("aria-expanded") === "false") {
      event.preventDefault();
      revealSpoiler(control);
    } else if (act === "click" && !control.hasAttribute("aria-busy"))
      this.run(message, control.dataset.id, () => this.acts.click(message, control.dataset.id));
    else if (act === "apps" && !control.hasAttribute("aria-busy")) this.apps.toggle(message, control);
    else if (act === "vote") this.vote(message, control);
    else if (act === "dismiss") this.run(message, "dismiss", () => this.acts.dismiss(message));
    else if (act === "channel") this.acts.channel(control.dataset.channel);
    else if (act === "command") this.acts.command(control.dataset.command);
  }

  choose(message, customId, values) {
    return this.run(message, customId, () => this.acts.select(message, customId, values));
  }

  vote(message, control) {
    const picked = [...control.closest(".poll").querySelectorAll("input:checked")].map((input) =>
      Number(input.value),
    );
    if (picked.length || control.dataset.take)
      this.run(message, "vote", () => this.acts.vote(message, picked));
  }

  // Shows the control working at once, and a refusal under the message.
  async run(message, key, act) {
    const others = [...this.state(message.id).working].filter((other) => other !== key);
    this.setState(message.id, { working: new Set([...others, key]), error: null });
    let error = null;
    await act().catch((reason) => (error = `This interaction failed: ${reason.message}`));
    const left = [...this.state(message.id).working].filter((other) => other !== key);
    this.setState(message.id, { working: new Set(left), error: error ?? this.state(message.id).error });
  }

  setState(id, state) {
    this.states.set(id, state);
    this.redraw(id);
  }
}
