// Lists that float beside a control: drawn in the top layer, so that no scroll area cuts them off.

const GAP = 6;
const EDGE = 8;

// Keeps `popup` beside `anchor` until the returned function is called; `end` lines their right edges up.
export function float(popup, anchor, { above = false, end = false, width = 220 } = {}) {
  let frame = 0;
  popup.popover = "manual";
  popup.showPopover();
  const follow = () => {
    place(popup, anchor.getBoundingClientRect(), { above, end, width });
    frame = requestAnimationFrame(follow);
  };
  follow();
  return () => {
    cancelAnimationFrame(frame);
    if (popup.isConnected && popup.matches(":popover-open")) popup.hidePopover();
  };
}

function place(popup, box, { above, end, width }) {
  const wide = Math.min(Math.max(box.width, width), innerWidth - 2 * EDGE);
  const roomAbove = box.top - GAP - EDGE;
  const roomBelow = innerHeight - box.bottom - GAP - EDGE;
  const wanted = Math.min(popup.scrollHeight + 2, 380);
  const up = above ? roomAbove > 140 || roomAbove > roomBelow : roomBelow < wanted && roomAbove > roomBelow;
  setStyle(popup, "width", `${wide}px`);
  const left = end ? box.right - wide : box.left;
  setStyle(popup, "left", `${Math.max(EDGE, Math.min(left, innerWidth - wide - EDGE))}px`);
  setStyle(popup, "max-height", `${Math.max(100, Math.min(380, up ? roomAbove : roomBelow))}px`);
  setStyle(popup, "top", up ? "auto" : `${box.bottom + GAP}px`);
  setStyle(popup, "bottom", up ? `${innerHeight - box.top + GAP}px` : "auto");
}

function setStyle(element, name, value) {
  if (element.style.getPropertyValue(name) !== value) element.style.setProperty(name, value);
}
