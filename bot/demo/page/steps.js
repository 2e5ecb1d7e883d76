// The guided first steps: one step at a time, ticked off when it happened.

import { h, icon, iconButton } from "./dom.js";
import { recall, remember } from "./store.js";

export class Steps {
  // `onhelp(step)` prepares the step for the reader; `onclosed()` after the strip was closed.
  constructor(onhelp, onclosed) {
    this.onhelp = onhelp;
    this.onclosed = onclosed;
    this.steps = [];
    this.done = new Set();
    this.current = 0;
    this.element = h("section", { class: "steps", "aria-label": "First steps", hidden: true });
  }

  setSteps(steps) {
    if (this.steps.length || !steps.length) return;
    this.steps = steps;
    this.element.hidden = recall("steps") === "closed";
    this.draw();
  }

  toggle(open = this.element.hidden) {
    this.element.hidden = !open;
    remember("steps", open ? "open" : "closed");
    if (!open) this.onclosed();
    else this.element.querySelector("button")?.focus();
  }

  // Something happened: `kind` slash, press, send or restart, by this person; `detail` is the name of the
  // command, or the channel of a press.
  happened(kind, person, detail) {
    const index = this.steps.findIndex((step, at) => !this.done.has(at) && fits(step, kind, person, detail));
    if (index < 0) return;
    this.done.add(index);
    const next = this.steps.findIndex((_, at) => !this.done.has(at));
    if (this.current === index && next >= 0) this.current = next;
    this.draw();
  }

  draw() {
    const focused = this.element.contains(document.activeElement);
    const all = this.done.size === this.steps.length;
    const marks = this.steps.map((step, index) => h("li", {}, this.mark(step, index)));
    this.element.replaceChildren(
      h("h2", { class: "steps-title" }, "First steps"),
      h("ol", { class: "marks" }, marks),
      h(
        "p",
        { class: "step-text", role: "status" },
        all ? "All done. The rest of the commands are behind the / key." : this.steps[this.current].text,
      ),
      all ? "" : this.helpButton(this.steps[this.current]),
      iconButton("close", "Close the first steps", () => this.toggle(false), "steps-close"),
    );
    if (focused) this.element.querySelector(".help, [aria-current]")?.focus();
  }

  mark(step, index) {
    const done = this.done.has(index);
    const choose = () => {
      this.current = index;
      this.draw();
    };
    const props = {
      type: "button",
      class: done ? "mark done" : "mark",
      "aria-current": index === this.current ? "step" : null,
      title: step.text,
      "aria-label": `Step ${index + 1}${done ? ", done" : ""}: ${step.text}`,
      onclick: choose,
    };
    return h("button", props, done ? icon("check") : String(index + 1));
  }

  helpButton(step) {
    const again = this.done.has(this.current);
    const label = again ? "Once more" : step.command ? "Do it for me" : "Show me where";
    return h("button", { type: "button", class: "button s1 help", onclick: () => this.onhelp(step) }, label);
  }
}

function fits(step, kind, person, detail) {
  const when = step.when ?? (step.command ? "slash" : "press");
  if (when !== kind || (step.as && person && step.as !== person)) return false;
  if (when === "press") return !step.channel || step.channel === detail;
  return when !== "slash" || `${step.command} `.startsWith(`${detail} `);
}
