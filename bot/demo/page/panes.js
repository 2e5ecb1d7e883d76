// The panes side by side, or one at a time behind tabs where the window is narrow.

import { h } from "./dom.js";
import { Pane } from "./pane.js";
import { avatar } from "./people.js";

export const MOST = 4;
const narrow = matchMedia("(max-width: 899px)");

export class Panes {
  // `host`: hello(pane, data), people(list), bot(state, note), line(), did(kind, person, detail).
  constructor(host) {
    this.host = host;
    this.all = [];
    this.active = null;
    this.news = new Set();
    this.tabs = h("div", {
      class: "tabs",
      role: "tablist",
      "aria-label": "People",
      onkeydown: (event) => this.key(event),
    });
    this.grid = h("main", { class: "panes", id: "panes", tabindex: "-1" });
    narrow.addEventListener("change", () => this.draw());
  }

  add(person) {
    if (this.all.length >= MOST) return null;
    const pane = new Pane(person, {
      ...this.host,
      hello: (from, data) => {
        this.host.hello(from, data);
        this.draw();
      },
      news: (from) => this.tellNews(from),
      person: (from, id) => this.change(from, id),
      close: (from) => this.close(from),
    });
    pane.element.addEventListener("focusin", () => this.activate(pane));
    pane.element.addEventListener("pointerdown", () => this.activate(pane));
    this.all.push(pane);
    this.grid.append(pane.element);
    this.activate(this.active ?? pane);
    this.draw();
    return pane;
  }

  close(pane) {
    pane.stop();
    this.all = this.all.filter((other) => other !== pane);
    if (this.active === pane) [this.active] = this.all;
    this.draw();
    this.active.element.focus();
    this.host.line();
  }

  // Two panes of one person would be two views of the same; the panes swap instead.
  change(pane, id) {
    const other = this.of(id);
    if (other && other !== pane) other.connect(pane.person);
    pane.connect(id);
  }

  of(person) {
    return this.all.find((pane) => pane.person === person);
  }

  // The pane of this person, opened or taken over if need be.
  summon(person) {
    let pane = person ? this.of(person) : this.active;
    if (!pane && this.all.length < MOST) pane = this.add(person);
    if (!pane) {
      pane = this.active;
      pane.connect(person);
    }
    this.activate(pane);
    return pane;
  }

  activate(pane) {
    if (this.active === pane) return;
    this.active = pane;
    this.draw();
  }

  tellNews(pane) {
    if (!narrow.matches || pane === this.active || this.news.has(pane)) return;
    this.news.add(pane);
    this.drawTabs();
  }

  draw() {
    this.news.delete(this.active);
    this.grid.dataset.count = this.all.length;
    for (const pane of this.all) {
      const isActive = pane === this.active;
      pane.element.classList.toggle("active", isActive);
      pane.element.inert = narrow.matches && !isActive;
      pane.view.close.hidden = this.all.length < 2;
      pane.timeline.list.setAttribute("aria-live", isActive ? "polite" : "off");
      pane.element.setAttribute("role", narrow.matches ? "tabpanel" : "region");
    }
    this.drawTabs();
  }

  drawTabs() {
    const hadFocus = this.tabs.contains(document.activeElement);
    this.tabs.replaceChildren(...this.all.map((pane) => this.tab(pane)));
    if (hadFocus) this.tabs.querySelector("[aria-selected='true']").focus();
  }

  tab(pane) {
    const isActive = pane === this.active;
    const { id, name } = pane.world.me;
    const news = this.news.has(pane) ? h("span", { class: "new-mark" }, "new") : null;
    const props = {
      type: "button",
      role: "tab",
      class: "tab",
      "aria-selected": String(isActive),
      "aria-controls": pane.element.id,
      tabindex: isActive ? "0" : "-1",
      onclick: () => this.activate(pane),
    };
    return h("button", props, avatar(id, name), h("span", { class: "cut" }, name), news);
  }

  key(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = this.all.indexOf(this.active);
    this.activate(this.all[(at + step + this.all.length) % this.all.length]);
  }
}
