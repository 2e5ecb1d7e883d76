// The block half of Discord's markdown: headings, subtext, quotes, lists, code blocks and paragraphs.

import { h } from "./dom.js";
import { inline } from "./inline.js";

const FENCE = /^```(?:([\w+#.-]+)\n)?([\s\S]*?)```/;
const ITEM = /^( *)([-*]|\d{1,9}\.) +(.*)$/;

// `names` answers user(id), role(id) and channel(id) with a name to show.
export function markdown(text, names) {
  const root = h("div", { class: "md" });
  let rest = text;
  while (rest) rest = takeBlock(rest, root, names);
  return root;
}

function takeBlock(text, root, names) {
  const fence = FENCE.exec(text);
  if (fence) {
    root.append(h("pre", { tabindex: "0" }, h("code", {}, fence[2].replace(/^\n|\n$/g, ""))));
    return text.slice(fence[0].length).replace(/^\n/, "");
  }
  const lines = text.split("\n");
  const line = lines[0];
  if (line.startsWith(">>> ")) {
    root.append(h("blockquote", {}, markdown(text.slice(4), names)));
    return "";
  }
  return takeLines(lines, root, names);
}

function takeLines(lines, root, names) {
  const heading = /^(#{1,3}) +(.+)$/.exec(lines[0]);
  const small = /^-# +(.+)$/.exec(lines[0]);
  if (heading)
    root.append(
      h(`h${heading[1].length + 2}`, { class: `size-${heading[1].length}` }, inline(heading[2], names)),
    );
  else if (small) root.append(h("div", { class: "subtext" }, inline(small[1], names)));
  else if (/^> /.test(lines[0])) return takeQuote(lines, root, names);
  else if (ITEM.test(lines[0])) return takeList(lines, root, names);
  else return takeParagraph(lines, root, names);
  return lines.slice(1).join("\n");
}

function takeQuote(lines, root, names) {
  const end = firstIndex(lines, (line) => !/^>( |$)/.test(line));
  const inner = lines.slice(0, end).map((line) => line.slice(2));
  root.append(h("blockquote", {}, markdown(inner.join("\n"), names)));
  return lines.slice(end).join("\n");
}

function takeList(lines, root, names) {
  const end = firstIndex(lines, (line) => !ITEM.test(line));
  const items = lines.slice(0, end).map((line) => {
    const [, indent, mark, text] = ITEM.exec(line);
    return { depth: indent.length, number: /\d/.test(mark) ? Number.parseInt(mark, 10) : null, text };
  });
  while (items.length) root.append(nest(items, names));
  return lines.slice(end).join("\n");
}

// Builds one list from the front of `items`, deeper items becoming lists inside the item before them.
function nest(items, names) {
  const { depth, number } = items[0];
  const list = number === null ? h("ul") : h("ol", { start: number });
  while (items.length && items[0].depth >= depth) {
    if (items[0].depth > depth) list.lastElementChild.append(nest(items, names));
    else if ((items[0].number === null) !== (number === null)) break;
    else list.append(h("li", {}, inline(items.shift().text, names)));
  }
  return list;
}

function takeParagraph(lines, root, names) {
  const starts = (line) => /^(#{1,3} |-# |> |>>> |```)/.test(line) || ITEM.test(line);
  const end = firstIndex(lines.slice(1), starts) + 1;
  const fenceInside = lines.slice(0, end).findIndex((line) => /.```/.test(line));
  if (fenceInside >= 0) return takeTextBeforeFence(lines, fenceInside, root, names);
  if (lines.slice(0, end).join("").trim())
    root.append(h("p", {}, inline(lines.slice(0, end).join("\n"), names)));
  else root.append(h("div", { class: "gap" }));
  return lines.slice(end).join("\n");
}

function takeTextBeforeFence(lines, index, root, names) {
  const text = lines.join("\n");
  const at = lines.slice(0, index).join("\n").length + (index ? 1 : 0) + lines[index].indexOf("```");
  if (!FENCE.test(text.slice(at))) {
    root.append(h("p", {}, inline(lines.slice(0, index + 1).join("\n"), names)));
    return lines.slice(index + 1).join("\n");
  }
  root.append(h("p", {}, inline(text.slice(0, at), names)));
  return text.slice(at);
}

function firstIndex(list, test) {
  const index = list.findIndex(test);
  return index < 0 ? list.length : index;
}
