// Starts the page: two people side by side, the header, the first steps and the banner.

import { askForPerson, askToRestart } from "./dialogs.js";
import { h, iconButton } from "./dom.js";
import { Header } from "./header.js";
import { MOST, Panes } from "./panes.js";
import { Steps } from "./steps.js";
import { startTicking } from "./time.js";

const LOST =
  "Connecting to the demo again … If you have stopped it, start it again and open the new address.";

class App {
  constructor(root) {
    this.people = [];
    this.started = false;
    this.header = new Header({
      steps: () => this.steps.toggle(),
      person: () => this.addPerson(),
      restart: () => askToRestart(() => this.restart()),
    });
    this.steps = new Steps(
      (step) => this.help(step),
      () => this.panes.active?.composer.focus(),
    );
    this.banner = h("div", { class: "banner", role: "status", hidden: true });
    this.panes = new Panes({
      hello: (pane, data) => this.hello(data),
      people: (people) => (this.people = people),
      bot: (state, note) => this.setBot(state, note),
      line: () => this.drawLine(),
      did: (kind, person, detail) => this.steps.happened(kind, person, detail),
    });
    const skip = h(
      "a",
      { class: "skip", href: "#panes", onclick: (event) => this.skip(event) },
      "Skip to the conversation",
    );
    root.append(skip, this.header.element, this.banner, this.steps.element, this.panes.tabs, this.panes.grid);
    this.panes.add(null);
  }

  skip(event) {
    event.preventDefault();
    this.panes.active.composer.focus();
  }

  hello(data) {
    this.people = data.people;
    this.setBot(data.bot.online ? "online" : "starting", "");
    this.steps.setSteps(data.firstSteps ?? []);
    if (this.started) return;
    this.started = true;
    document.title = `Offramp demo: ${data.guild.name}`;
    const second = data.people.find((person) => person.id !== data.me.id);
    if (second) this.panes.add(second.id);
  }

  setBot(state, note) {
    this.header.setBot(state);
    this.note = note;
    this.drawLine();
  }

  drawLine() {
    const lost = this.started && this.panes.all.some((pane) => !pane.connected);
    const text = lost ? LOST : this.note;
    this.banner.hidden = !text;
    if (text && this.banner.dataset.text !== text)
      this.banner.replaceChildren(
        h("span", {}, text),
        iconButton("close", "Hide this line", () => (this.banner.hidden = true)),
      );
    this.banner.dataset.text = text ?? "";
  }

  addPerson() {
    const absent = this.people.filter((person) => !this.panes.of(person.id));
    askForPerson(
      absent,
      (person) => this.panes.summon(person.id).composer.focus(),
      (name) => this.invite(name),
    );
  }

  // Adds a member, then opens a pane for them while there is room.
  async invite(name) {
    if (this.people.some((person) => person.name.toLowerCase() === name.toLowerCase()))
      throw new Error(`There is already somebody called ${name}.`);
    await this.panes.active.link.act({ k: "addPerson", name });
    const person = this.people.find((each) => each.name === name);
    if (person && this.panes.all.length < MOST) this.panes.summon(person.id);
  }

  async restart() {
    this.setBot("starting", "The bot’s process was killed; a new one is starting.");
    await this.panes.active.link.act({ k: "restart" }).then(
      () => this.steps.happened("restart", null, null),
      (reason) => this.setBot("offline", reason.message),
    );
  }

  help(step) {
    const pane = this.panes.summon(step.as);
    const go = () => {
      if (step.channel && step.channel !== pane.channel) pane.open(step.channel);
      if (step.when === "restart") askToRestart(() => this.restart());
      else if (step.command && step.when !== "send") pane.composer.fill(step.command);
      else pane.point(step.command);
    };
    if (pane.connected) go();
    else pane.onceConnected = go;
  }
}

startTicking();
new App(document.getElementById("app"));
