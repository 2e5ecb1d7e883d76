// One person's view of the server: their connection, channel, timeline, composer and modal.

import { ChannelList } from "./channels.js";
import { Composer } from "./composer.js";
import { uid } from "./dom.js";
import { Modal } from "./modal.js";
import { PaneView } from "./pane_view.js";
import { nameBook } from "./people.js";
import { Link } from "./socket.js";
import { Timeline } from "./timeline.js";

export class Pane {
  // `host`: hello(pane, data), people(list), bot(state, note), line() when a connection came or went,
  // did(kind, person, detail), news(pane), person(pane, id) and close(pane).
  constructor(person, host) {
    this.host = host;
    this.connected = false;
    this.channel = null;
    this.unread = new Set();
    this.newest = new Map();
    this.onceConnected = null;
    this.world = {
      me: { id: "", name: "" },
      guild: { name: "" },
      people: [],
      bot: { id: "", name: "bot" },
      channels: [],
      roles: [],
      commands: [],
      messageCommands: [],
    };
    this.build();
    this.connect(person);
  }

  build() {
    this.list = new ChannelList((id) => this.open(id));
    this.composer = new Composer(this.world, {
      send: (text) => this.act("send", { text }, null),
      slash: (name, options) => this.act("slash", { name, options }, name),
      autocomplete: (name, option, value, options) =>
        this.link.act({ k: "autocomplete", channel: this.channel, name, option, value, options }),
    });
    this.timeline = new Timeline(uid("view"), this.world, {
      click: (message, custom_id) => this.press("click", message, { custom_id }),
      select: (message, custom_id, values) => this.press("select", message, { custom_id, values }),
      apps: (message, name) => this.press("useOnMessage", message, { name }),
      vote: (message, answers) => this.press("vote", message, { answers }),
      dismiss: (message) => this.link.act({ k: "dismiss", channel: this.channel, message: message.id }),
      channel: (id) => this.open(id),
      command: (name) => this.composer.fill(name),
    });
    this.view = new PaneView(
      { person: (id) => this.host.person(this, id), close: () => this.host.close(this) },
      { sidebar: this.list.element, timeline: this.timeline.element, composer: this.composer.element },
    );
    this.element = this.view.element;
  }

  connect(person) {
    this.person = person;
    this.link?.close();
    this.closeModal();
    this.composer.leave("");
    this.timeline.states.clear();
    this.link = new Link(person, {
      onmessage: (data) => this[`on_${data.t}`]?.(data),
      onopen: () => {},
      onlost: () => this.setConnected(false),
    });
  }

  stop() {
    this.link.close();
    this.element.remove();
  }

  setConnected(connected) {
    this.connected = connected;
    this.host.line();
  }

  act(kind, fields, detail) {
    const done = this.link.act({ k: kind, channel: this.channel, ...fields });
    return done.then(() => this.host.did(kind, this.world.me.id, detail));
  }

  press(kind, message, fields) {
    const done = this.link.act({ k: kind, channel: this.channel, message: message.id, ...fields });
    return done.then(() => this.host.did("press", this.world.me.id, this.channel));
  }

  open(id) {
    this.channel = id;
    this.unread.delete(id);
    this.view.toggleDrawer(false);
    this.drawChannels();
    this.link.act({ k: "open", channel: id }).catch(() => {});
  }

  drawChannels() {
    const { channels } = this.world;
    const channel = channels.find(({ id }) => id === this.channel);
    this.list.draw(this.world, this.channel, this.unread);
    this.view.drawChannel(
      channel,
      channels.find(({ id }) => id === channel?.parent),
    );
    this.composer.setChannel(channel);
  }

  on_hello(data) {
    this.person = data.me.id;
    Object.assign(this.world, {
      me: data.me,
      guild: data.guild,
      people: data.people,
      bot: data.bot,
      channels: data.channels,
      roles: data.guild.roles ?? [],
      commands: data.commands,
      messageCommands: data.messageCommands,
    });
    this.firstSteps = data.firstSteps ?? [];
    this.view.drawPerson(this.world);
    this.timeline.refresh();
    this.setConnected(true);
    this.host.hello(this, data);
    const known = data.channels.some(({ id }) => id === this.channel);
    this.open(known ? this.channel : (data.channels[0]?.id ?? null));
    this.onceConnected?.();
    this.onceConnected = null;
  }

  on_people({ people }) {
    this.world.people = people;
    this.view.drawPerson(this.world);
    this.timeline.refresh();
    this.host.people(people);
  }

  on_channels({ channels }) {
    this.world.channels = channels;
    if (channels.some(({ id }) => id === this.channel)) this.drawChannels();
    else this.open(channels[0]?.id ?? null);
  }

  on_commands({ commands, messageCommands }) {
    Object.assign(this.world, { commands, messageCommands });
    this.composer.refresh();
    this.timeline.refresh();
  }

  on_roles({ roles }) {
    this.world.roles = roles;
    this.timeline.refresh();
  }

  on_bot({ state, note }) {
    this.host.bot(state, note);
  }

  on_history({ channel, messages }) {
    if (channel === this.channel)
      this.timeline.show(
        messages,
        this.world.channels.find(({ id }) => id === channel),
      );
    for (const message of messages) this.isNew(channel, message);
  }

  // Ids grow with time, so one newest id a channel tells a new message from an edit.
  isNew(channel, message) {
    const id = BigInt(message.id);
    if (id <= (this.newest.get(channel) ?? 0n)) return false;
    this.newest.set(channel, id);
    return true;
  }

  on_message({ channel, message }) {
    const isNew = this.isNew(channel, message);
    if (channel === this.channel) this.timeline.put(message);
    else if (isNew) this.markUnread(channel);
    if (isNew) this.host.news(this);
  }

  markUnread(channel) {
    if (this.unread.has(channel)) return;
    this.unread.add(channel);
    this.drawChannels();
  }

  on_delete({ channel, id }) {
    if (channel === this.channel) this.timeline.remove(id);
  }

  // Leads the keyboard to the newest control that can be used, or types a message ready to send.
  point(text) {
    if (text) this.composer.write(text);
    else if (!this.timeline.focusNewest()) this.composer.focus();
  }

  on_modal({ modal }) {
    this.closeModal();
    const back = document.activeElement;
    this.modal = new Modal(
      modal,
      nameBook(this.world),
      this.world,
      {
        submit: (custom_id, values) =>
          this.link
            .act({ k: "submit", custom_id, values })
            .then(() => this.host.did("press", this.world.me.id, this.channel)),
        cancel: () => this.link.act({ k: "cancel" }),
      },
      () => this.leaveModal(back),
    );
    this.view.inner.inert = true;
    this.element.append(this.modal.element);
    this.modal.focus();
  }

  closeModal() {
    this.modal?.element.remove();
    this.leaveModal(null);
  }

  leaveModal(back) {
    this.modal = null;
    this.view.inner.inert = false;
    if (back?.isConnected && this.element.contains(back)) back.focus();
    else if (back) this.composer.focus();
  }
}
