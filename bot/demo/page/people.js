// How a person looks: a coloured disc with initials, a name, a tag.

import { h } from "./dom.js";

const HUES = 10;

function hueOf(id) {
  let sum = 7;
  for (const letter of id) sum = (sum * 31 + letter.codePointAt(0)) % 9973;
  return sum % HUES;
}

function initials(name) {
  const words = name
    .trim()
    .split(/[\s_.-]+/u)
    .filter(Boolean);
  const letters =
    words.length > 1 ? [words[0], words[1]].map((word) => [...word][0]) : [...(words[0] ?? "?")].slice(0, 1);
  return letters.join("").toUpperCase();
}

export function avatar(id, name, bot = false) {
  if (bot) return h("img", { class: "avatar", src: "own/icon.svg", alt: "" });
  return h("span", { class: `avatar hue-${hueOf(id)}`, "aria-hidden": "true" }, initials(name));
}

export function nameOf(user) {
  return user.global_name || user.name || user.username || "someone";
}

// What markdown and choice lists ask for names; `names` are those the hub sent with one message.
export function nameBook({ people, bot, channels, roles }, names = {}) {
  return {
    user: (id) =>
      names[id] ?? people.find((person) => person.id === id)?.name ?? (bot?.id === id ? bot.name : "unknown"),
    role: (id) => roles.find((role) => role.id === id)?.name ?? "unknown role",
    channel: (id) => channels.find((channel) => channel.id === id)?.name ?? null,
  };
}
