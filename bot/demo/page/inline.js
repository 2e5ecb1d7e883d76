// The inline half of Discord's markdown: one run of text becomes a list of DOM nodes.

import { h } from "./dom.js";
import { timestamp } from "./time.js";

const ESCAPABLE = "\\\\`*_{}\\[\\]()#+\\-.!~|<>:@/";

// Tried in order at every position; `make` gets the match, the names and a function for nested text.
const RULES = [
  { pattern: new RegExp(`\\\\([${ESCAPABLE}])`, "y"), make: (m) => m[1] },
  {
    pattern: /(`{1,2})(?!`)([\s\S]*?[^`])\1(?!`)/y,
    make: (m) => h("code", {}, m[2].replace(/^ (.*[^ ].*) $/, "$1")),
  },
  { pattern: /<@!?(\d+)>/y, make: (m, names) => mention(`@${names.user(m[1])}`) },
  { pattern: /<@&(\d+)>/y, make: (m, names) => mention(`@${names.role(m[1])}`) },
  { pattern: /<#(\d+)>/y, make: (m, names) => channelLink(m[1], names) },
  { pattern: /<\/([^:>\n]{1,100}):\d+>/y, make: (m) => commandLink(m[1]) },
  { pattern: /<t:(-?\d{1,14})(?::([tTdDfFR]))?>/y, make: (m) => timestamp(Number(m[1]), m[2]) },
  { pattern: /<a?:(\w+):\d+>/y, make: (m) => `:${m[1]}:` },
  {
    pattern: /\[((?:\\.|[^\]\\\n])+)\]\(<?(https?:\/\/[^\s<>)]+)>?(?: "[^"\n]*")?\)/y,
    make: (m, n, sub) => link(m[2], sub(m[1])),
  },
  { pattern: /<(https?:\/\/[^\s<>]+)>/y, make: (m) => link(m[1], [m[1]]) },
  { pattern: /https?:\/\/[^\s<>]*[^\s<>.,:;"')\]|*_~]/y, make: (m) => link(m[0], [m[0]]) },
  { pattern: /@(everyone|here)\b/y, make: (m) => mention(m[0]) },
  {
    pattern: /\*\*\*(?=\S)([\s\S]*?\S)\*\*\*(?!\*)/y,
    make: (m, n, sub) => h("strong", {}, h("em", {}, sub(m[1]))),
  },
  {
    pattern: /\*\*(?=\S)((?:\\[\s\S]|[\s\S])*?[^\s\\])\*\*(?!\*)/y,
    make: (m, n, sub) => h("strong", {}, sub(m[1])),
  },
  { pattern: /__(?=\S)((?:\\[\s\S]|[\s\S])*?[^\s\\])__(?!_)/y, make: (m, n, sub) => h("u", {}, sub(m[1])) },
  {
    pattern: /\*(?=[^\s*])((?:\\[\s\S]|\*\*[\s\S]+?\*\*|[^*])*?[^\s\\*]|[^\s*])\*(?!\*)/y,
    make: (m, n, sub) => h("em", {}, sub(m[1])),
  },
  {
    pattern: /_(?=[^\s_])((?:\\[\s\S]|__[\s\S]+?__|[^_])+?)_(?!\w)/y,
    wordStart: true,
    make: (m, n, sub) => h("em", {}, sub(m[1])),
  },
  { pattern: /~~(?=\S)([\s\S]*?\S)~~/y, make: (m, n, sub) => h("s", {}, sub(m[1])) },
  { pattern: /\|\|([\s\S]+?)\|\|/y, make: (m, n, sub) => spoiler(m[1], sub(m[1])) },
  { pattern: /\n/y, make: () => h("br") },
];
const SPECIAL = /[\\`<[h@*_~|\n]/g;

export function inline(text, names) {
  const nodes = [];
  const sub = (inner) => inline(inner, names);
  let plain = 0;
  let at = 0;
  while ((at = nextSpecial(text, at)) < text.length) {
    const [rule, match] = firstMatch(text, at);
    if (match) {
      if (at > plain) nodes.push(text.slice(plain, at));
      nodes.push(rule.make(match, names, sub));
    }
    at += match ? match[0].length : 1;
    if (match) plain = at;
  }
  if (plain < text.length) nodes.push(text.slice(plain));
  return nodes.flat();
}

function nextSpecial(text, from) {
  SPECIAL.lastIndex = from;
  return SPECIAL.exec(text)?.index ?? text.length;
}

function firstMatch(text, at) {
  for (const rule of RULES) {
    if (rule.wordStart && /\w/.test(text[at - 1] ?? "")) continue;
    rule.pattern.lastIndex = at;
    const match = rule.pattern.exec(text);
    if (match) return [rule, match];
  }
  return [null, null];
}

function mention(text) {
  return h("span", { class: "mention" }, text);
}

function channelLink(id, names) {
  const name = names.channel(id);
  if (!name) return mention("#unknown");
  return h(
    "button",
    { type: "button", class: "mention", dataset: { act: "channel", channel: id } },
    `#${name}`,
  );
}

function commandLink(name) {
  return h(
    "button",
    { type: "button", class: "mention", dataset: { act: "command", command: name } },
    `/${name}`,
  );
}

// Only web addresses become links; anything else stays text.
export function link(url, children) {
  if (!/^https?:\/\//i.test(url)) return h("span", {}, children);
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer", title: url }, children);
}

// Its text is also its identity: a later edit of the message keeps it open while the text is the same.
function spoiler(text, children) {
  return h(
    "span",
    {
      class: "spoiler",
      role: "button",
      tabindex: "0",
      "aria-expanded": "false",
      "aria-label": "Spoiler, press to show",
      dataset: { act: "spoiler", keep: text },
    },
    h("span", { class: "spoiler-text" }, children),
  );
}

export function revealSpoiler(element) {
  element.setAttribute("aria-expanded", "true");
  for (const name of ["role", "tabindex", "aria-label"]) element.removeAttribute(name);
}

export function emojiText(emoji) {
  if (!emoji) return null;
  const text = emoji.id ? `:${emoji.name}:` : emoji.name;
  return text ? h("span", { class: "emoji" }, text) : null;
}
