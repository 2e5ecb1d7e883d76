// Images, files and embeds. Only media from this page's own address is loaded; anything else becomes a link.

import { h, icon } from "./dom.js";
import { readableSize } from "./files.js";
import { link } from "./inline.js";
import { markdown } from "./markdown.js";
import { timestamp } from "./time.js";

const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

// Returns an address on this origin, or null for one elsewhere.
export function ownUrl(url, attachments = []) {
  if (url.startsWith("attachment://")) {
    const file = attachments.find((attachment) => attachment.filename === url.slice(13));
    return file ? ownUrl(file.url) : null;
  }
  if (!URL.canParse(url, location.href)) return null;
  const target = new URL(url, location.href);
  if (!LOOPBACK.has(target.hostname) && target.origin !== location.origin) return null;
  return `${location.origin}${target.pathname}${target.search}`;
}

export function image(media, alt, attachments, extra = "") {
  const url = ownUrl(media.url, attachments);
  if (!url) return h("p", { class: "subtext" }, link(media.url, [alt || "An image elsewhere (not loaded)"]));
  const picture = h("img", {
    class: "picture",
    src: url,
    alt: alt ?? "",
    width: media.width || null,
    height: media.height || null,
  });
  return h(
    "a",
    {
      class: `picture-link ${extra}`,
      href: url,
      target: "_blank",
      rel: "noopener",
      title: alt || "Open the image",
    },
    picture,
  );
}

export function hidden(isSpoiler, key, node) {
  if (!isSpoiler) return node;
  return h(
    "div",
    {
      class: "spoiler spoiler-block",
      role: "button",
      tabindex: "0",
      "aria-expanded": "false",
      "aria-label": "Spoiler, press to show",
      dataset: { act: "spoiler", keep: `block ${key}` },
    },
    node,
  );
}

export function fileCard(name, size, url, attachments) {
  const own = ownUrl(url, attachments);
  const text = h("span", {}, name, size ? h("small", {}, readableSize(size)) : null);
  if (!own) return h("span", { class: "file" }, icon("file"), link(url, [text]));
  return h(
    "a",
    { class: "file", href: own, target: "_blank", rel: "noopener", download: name },
    icon("file"),
    text,
  );
}

export function attachment(file, inEmbeds) {
  if (inEmbeds.has(file.filename) || inEmbeds.has(file.url)) return null;
  const spoiler = file.filename.startsWith("SPOILER_");
  if (!/^image\//.test(file.content_type ?? "")) return fileCard(file.filename, file.size, file.url, []);
  return hidden(spoiler, file.id, image(file, file.description || file.title, []));
}

export function embed(data, names, attachments) {
  const body = h(
    "div",
    { class: "embed-body" },
    data.author?.name ? h("div", { class: "embed-author" }, data.author.name) : null,
    data.title
      ? h(
          "div",
          { class: "embed-title" },
          data.url ? link(data.url, [data.title]) : markdown(data.title, names),
        )
      : null,
    data.description ? markdown(data.description, names) : null,
    data.fields?.length
      ? h(
          "div",
          { class: "embed-fields" },
          data.fields.map((field) => embedField(field, names)),
        )
      : null,
    data.image ? image(data.image, data.image.description, attachments) : null,
    embedFooter(data),
  );
  const card = h(
    "div",
    { class: "embed" },
    body,
    data.thumbnail ? image(data.thumbnail, "", attachments, "thumbnail") : null,
  );
  paint(card, data.color);
  return card;
}

function embedField(field, names) {
  const name = h("div", { class: "embed-name" }, field.name);
  return h(
    "div",
    { class: field.inline ? "embed-field inline" : "embed-field" },
    name,
    markdown(field.value, names),
  );
}

function embedFooter(data) {
  if (!data.footer && !data.timestamp) return null;
  const when = data.timestamp ? timestamp(Date.parse(data.timestamp) / 1000, "f") : null;
  return h(
    "div",
    { class: "embed-footer" },
    data.footer?.text,
    data.footer?.text && when ? " · " : null,
    when,
  );
}

export function paint(card, colour) {
  if (colour === null || colour === undefined) return;
  card.style.setProperty("--accent", `#${colour.toString(16).padStart(6, "0")}`);
}
