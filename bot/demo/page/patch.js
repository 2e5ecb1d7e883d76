// Turns an element on the page into its newer version in place, so that focus, scroll and open lists survive.

// Elements with the same data-keep stay untouched: they hold state of their own (spoilers, open selects).
export function patch(old, fresh) {
  if (!isSame(old, fresh)) {
    old.replaceWith(fresh);
    return fresh;
  }
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return old;
  }
  if (old.dataset?.keep !== undefined) return old;
  patchAttributes(old, fresh);
  patchChildren(old, [...fresh.childNodes]);
  return old;
}

function isSame(old, fresh) {
  if (old.nodeName !== fresh.nodeName) return false;
  return old.dataset?.key === fresh.dataset?.key && old.dataset?.keep === fresh.dataset?.keep;
}

function patchAttributes(old, fresh) {
  for (const { name } of [...old.attributes]) {
    if (name !== "style" && !fresh.hasAttribute(name)) old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (name !== "style" && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  // Through the object model: a strict content security policy refuses the attribute.
  if (old.style && old.style.cssText !== fresh.style.cssText) old.style.cssText = fresh.style.cssText;
}

function patchChildren(old, fresh) {
  let cursor = old.firstChild;
  for (const child of fresh) {
    const match = findMatch(cursor, child);
    if (!match) {
      old.insertBefore(child, cursor);
      continue;
    }
    while (cursor !== match) cursor = drop(cursor);
    cursor = match.nextSibling;
    patch(match, child);
  }
  while (cursor) cursor = drop(cursor);
}

function findMatch(from, child) {
  const keyed = child.dataset?.key !== undefined || child.dataset?.keep !== undefined;
  if (!keyed) return from && isSame(from, child) ? from : null;
  for (let node = from; node; node = node.nextSibling) if (isSame(node, child)) return node;
  return null;
}

function drop(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}
