// A modal of the bot inside one pane: keeps the keyboard in, Escape leaves it, a refusal is shown in it.

import { h, iconButton, uid } from "./dom.js";
import { modalField } from "./modal_fields.js";

const REACHABLE = "button, input, textarea, select, a[href], [tabindex='0']";

export class Modal {
  // `acts`: submit(customId, values) and cancel(), both promises; `onclosed()` gives the focus back.
  constructor(data, names, world, acts, onclosed) {
    this.data = data;
    this.acts = acts;
    this.onclosed = onclosed;
    this.fields = data.components.map((component) => modalField(component, names, world));
    this.build();
  }

  build() {
    const title = uid("modal-title");
    this.fault = h("p", { class: "failure", role: "alert" });
    this.send = h("button", { type: "submit", class: "button s1" }, "Submit");
    const cancel = h(
      "button",
      { type: "button", class: "button s2", onclick: () => this.cancel() },
      "Cancel",
    );
    this.form = h(
      "form",
      {
        class: "modal",
        role: "dialog",
        "aria-modal": "true",
        "aria-labelledby": title,
        novalidate: true,
        onsubmit: (event) => this.submit(event),
        onkeydown: (event) => this.key(event),
      },
      h(
        "header",
        {},
        h("h2", { id: title }, this.data.title),
        iconButton("close", "Close without sending", () => this.cancel()),
      ),
      h(
        "div",
        { class: "modal-body" },
        this.fields.map((field) => field.element),
      ),
      h("footer", {}, this.fault, cancel, this.send),
    );
    this.element = h(
      "div",
      { class: "veil", onmousedown: (event) => event.target === this.element && event.preventDefault() },
      this.form,
    );
  }

  focus() {
    const first = this.fields.find((field) => field.focus);
    if (first) first.focus();
    else this.send.focus();
  }

  key(event) {
    if (event.key === "Escape") {
      event.stopPropagation();
      this.cancel();
    } else if (event.key === "Tab") this.keepInside(event);
  }

  keepInside(event) {
    const stops = [...this.form.querySelectorAll(REACHABLE)].filter(
      (stop) => !stop.disabled && stop.tabIndex >= 0 && stop.checkVisibility(),
    );
    const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
    if (document.activeElement !== from) return;
    event.preventDefault();
    to.focus();
  }

  async submit(event) {
    event.preventDefault();
    if (this.send.hasAttribute("aria-busy")) return;
    const values = await this.read();
    if (!values) return;
    this.send.setAttribute("aria-busy", "true");
    this.fault.textContent = "";
    try {
      await this.acts.submit(this.data.custom_id, values);
      this.close();
    } catch (reason) {
      this.fault.textContent = `Something went wrong: ${reason.message}`;
    } finally {
      this.send.removeAttribute("aria-busy");
    }
  }

  async read() {
    const values = {};
    let wrong = null;
    for (const field of this.fields.filter((each) => each.check)) {
      values[field.id] = await field.check();
      if (values[field.id] === null) wrong ??= field;
    }
    wrong?.focus();
    return wrong ? null : values;
  }

  cancel() {
    this.acts.cancel().catch(() => {});
    this.close();
  }

  close() {
    this.element.remove();
    this.onclosed();
  }
}
