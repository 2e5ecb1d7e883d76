// One message of the timeline: who, when, what, and the notes around it.

import { component } from "./components.js";
import { h, icon } from "./dom.js";
import { emojiText } from "./inline.js";
import { markdown } from "./markdown.js";
import { attachment, embed } from "./media.js";
import { avatar, nameBook, nameOf } from "./people.js";
import { poll } from "./poll.js";
import { messageTime } from "./time.js";

const EPHEMERAL = 64;
const LOADING = 128;
const COMMANDS = { 20: "/", 23: "" }; // slash commands, and those in the menu of a message
const NOTICES = {
  6: "pinned a message to this channel.",
  7: "joined the server.",
  18: "started a thread:",
  21: "started this thread.",
};

// `timeline` gives world, pane, apps, choose(message, customId, values) and state(id) -> {working, error}.
export function messageNode(message, timeline) {
  const state = timeline.state(message.id);
  const view = {
    message,
    world: timeline.world,
    pane: timeline.pane,
    names: nameBook(timeline.world, message.names),
    working: state.working,
    choose: (customId, values) => timeline.choose(message, customId, values),
  };
  const notice = NOTICES[message.type];
  const body = notice ? [noticeLine(message, notice)] : [byline(message), content(message, view)];
  return h(
    "article",
    {
      class: classes(message, timeline),
      tabindex: "-1",
      dataset: { message: message.id, key: message.id },
      "aria-label": `Message from ${nameOf(message.author)}`,
    },
    context(message, view),
    h("div", { class: "avatar-cell" }, avatar(message.author.id, nameOf(message.author), message.author.bot)),
    h("div", { class: "message-body" }, body, footnotes(message, state)),
    message.flags & EPHEMERAL ? null : appsButton(message, state, timeline.apps),
  );
}

// Discord offers no commands on a message that only one person sees.
function appsButton(message, state, apps) {
  return h(
    "button",
    {
      type: "button",
      class: "icon-button apps-button",
      title: "Apps",
      "aria-label": `Apps for the message from ${nameOf(message.author)}`,
      "aria-haspopup": "menu",
      "aria-expanded": String(apps.message?.id === message.id),
      "aria-busy": state.working.has("apps") ? "true" : null,
      dataset: { act: "apps", key: "apps" },
    },
    icon("more"),
  );
}

function classes(message, timeline) {
  const mentioned = message.mentions?.some((user) => user.id === timeline.world.me.id);
  return ["message", message.flags & EPHEMERAL ? "ephemeral" : "", mentioned ? "mentioned" : ""]
    .join(" ")
    .trim();
}

// The thin line above: which command this answers, or which message.
function context(message, view) {
  const used = message.interaction_metadata ?? message.interaction;
  const command = message.interaction?.name ?? message.interaction_metadata?.name;
  if (used?.user && command && message.type in COMMANDS) {
    const name = h("span", { class: "mention" }, COMMANDS[message.type], command);
    return h(
      "div",
      { class: "context" },
      icon("reply"),
      h("span", {}, h("b", {}, nameOf(used.user)), " used ", name),
    );
  }
  const original = message.referenced_message;
  if (message.type !== 19 || !original) return null;
  const text = original.content || "a message";
  return h(
    "div",
    { class: "context" },
    icon("reply"),
    h("b", {}, nameOf(original.author)),
    h("span", { class: "cut" }, markdown(text, view.names)),
  );
}

function byline(message) {
  return h(
    "div",
    { class: "byline" },
    h("b", { class: "author" }, nameOf(message.author)),
    message.author.bot ? h("span", { class: "tag" }, "BOT") : null,
    messageTime(message.timestamp),
    message.edited_timestamp ? h("span", { class: "edited" }, "(edited)") : null,
  );
}

function noticeLine(message, text) {
  return h(
    "div",
    { class: "notice" },
    h("b", {}, nameOf(message.author)),
    ` ${text} `,
    message.type === 18 ? h("b", {}, message.content) : null,
    " ",
    messageTime(message.timestamp),
  );
}

function content(message, view) {
  const pictures = new Set(
    (message.embeds ?? []).map((data) => data.image?.url.replace("attachment://", "")),
  );
  const loose = message.flags & 32768 ? [] : (message.attachments ?? []);
  return [
    message.flags & LOADING
      ? h("p", { class: "thinking" }, `${nameOf(message.author)} is thinking`, h("span", { class: "dots" }))
      : null,
    message.content ? markdown(message.content, view.names) : null,
    (message.embeds ?? []).map((data) => embed(data, view.names, message.attachments)),
    loose.map((file) => attachment(file, pictures)),
    message.poll ? poll(message, view) : null,
    (message.components ?? []).map((data) => component(data, view)),
  ];
}

function footnotes(message, state) {
  return [
    message.reactions?.length ? h("div", { class: "row" }, message.reactions.map(reaction)) : null,
    message.thread ? threadLink(message.thread) : null,
    state.error
      ? h("p", { class: "failure", role: "alert", dataset: { key: "failure" } }, state.error)
      : null,
    message.flags & EPHEMERAL ? privateNote() : null,
  ];
}

function reaction(data) {
  return h(
    "span",
    { class: data.me ? "reaction mine" : "reaction" },
    emojiText(data.emoji),
    ` ${data.count}`,
  );
}

function threadLink(thread) {
  const count = `${thread.count} ${thread.count === 1 ? "message" : "messages"}`;
  return h(
    "button",
    { type: "button", class: "thread-link", dataset: { act: "channel", channel: thread.id, key: "thread" } },
    icon("thread"),
    h("span", {}, h("b", {}, thread.name), h("small", {}, count)),
  );
}

function privateNote() {
  const dismiss = h(
    "button",
    { type: "button", class: "text-button", dataset: { act: "dismiss", key: "dismiss" } },
    "Dismiss",
  );
  return h(
    "div",
    { class: "private-note", dataset: { key: "private" } },
    icon("eye"),
    h("span", {}, "Only you can see this"),
    " · ",
    dismiss,
  );
}
