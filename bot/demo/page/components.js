// Message components, old and V2, as elements. Presses are handled by the timeline through data-act.

import { h, icon } from "./dom.js";
import { emojiText } from "./inline.js";
import { markdown } from "./markdown.js";
import { fileCard, hidden, image, paint } from "./media.js";
import { menuSpec } from "./menus.js";
import { select } from "./select.js";

// `view` holds message, names, world, working (custom ids) and choose(customId, values).
const KINDS = {
  1: actionRow,
  2: button,
  3: menu,
  5: menu,
  6: menu,
  7: menu,
  8: menu,
  9: section,
  10: (component, view) => markdown(component.content, view.names),
  11: thumbnail,
  12: gallery,
  13: file,
  14: separator,
  17: container,
};

export function component(data, view) {
  const make = KINDS[data.type];
  return make
    ? make(data, view)
    : h("p", { class: "subtext" }, `(a component of type ${data.type}, which this page does not show)`);
}

function children(data, view) {
  return data.components.map((child) => component(child, view));
}

function actionRow(data, view) {
  return h("div", { class: "row" }, children(data, view));
}

function container(data, view) {
  const card = h("div", { class: data.accent_color == null ? "card plain" : "card" }, children(data, view));
  paint(card, data.accent_color);
  return hidden(data.spoiler, data.id ?? "card", card);
}

function section(data, view) {
  return h(
    "div",
    { class: "section" },
    h("div", { class: "section-text" }, children(data, view)),
    component(data.accessory, view),
  );
}

function button(data, view) {
  const label = [emojiText(data.emoji), data.label ? h("span", {}, data.label) : null];
  if (data.style === 5) {
    const props = {
      class: "button s5",
      href: safeLink(data.url),
      target: "_blank",
      rel: "noopener noreferrer",
    };
    return h("a", props, label, icon("link"));
  }
  const working = view.working.has(data.custom_id);
  const name = data.label || data.emoji?.name || "button";
  return h(
    "button",
    {
      type: "button",
      class: `button s${data.style}`,
      disabled: Boolean(data.disabled) || data.style === 6,
      "aria-busy": working ? "true" : null,
      "aria-label": working ? `${name}, working` : data.label ? null : name,
      dataset: { act: "click", id: data.custom_id ?? "", key: data.custom_id ?? "premium" },
    },
    label,
  );
}

function safeLink(url) {
  return /^(https?|discord):/.test(url ?? "") ? url : null;
}

function menu(data, view) {
  return select({
    ...menuSpec(data, view.world),
    onchange: (values) => view.choose(data.custom_id, values),
  });
}

function thumbnail(data, view) {
  return hidden(
    data.spoiler,
    data.media.url,
    image(data.media, data.description, view.message.attachments, "thumbnail"),
  );
}

function gallery(data, view) {
  const items = data.items.map((item) =>
    hidden(item.spoiler, item.media.url, image(item.media, item.description, view.message.attachments)),
  );
  return h("div", { class: `gallery of-${Math.min(items.length, 3)}` }, items);
}

function file(data, view) {
  const name = data.name || data.file.url.split("/").pop();
  return hidden(
    data.spoiler,
    data.file.url,
    fileCard(name, data.size, data.file.url, view.message.attachments),
  );
}

function separator(data) {
  const wide = data.spacing === 2 ? "wide" : "";
  return data.divider === false ? h("div", { class: `spacer ${wide}` }) : h("hr", { class: wide });
}
