// Discord timestamps as <time> elements; relative ones tick once a second.

const STYLES = {
  t: { timeStyle: "short" },
  T: { timeStyle: "medium" },
  d: { dateStyle: "short" },
  D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" },
  F: { dateStyle: "full", timeStyle: "short" },
};
const UNITS = [
  ["year", 365 * 86400],
  ["month", 30 * 86400],
  ["day", 86400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
];
const relative = new Intl.RelativeTimeFormat("en");
const formats = new Map();

function format(unix, style) {
  if (!formats.has(style)) formats.set(style, new Intl.DateTimeFormat("en-GB", STYLES[style]));
  return formats.get(style).format(new Date(unix * 1000));
}

export function relativeText(unix, now = Date.now() / 1000) {
  const seconds = Math.round(unix - now);
  if (seconds === 0) return "now";
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length);
  return relative.format(Math.trunc(seconds / size), unit);
}

export function timestamp(unix, style = "f") {
  const element = document.createElement("time");
  const known = style === "R" || style in STYLES ? style : "f";
  if (Math.abs(unix) > 8.64e12) return document.createTextNode("Invalid Date");
  element.className = "stamp";
  element.dateTime = new Date(unix * 1000).toISOString();
  element.title = format(unix, "F");
  element.textContent = known === "R" ? relativeText(unix) : format(unix, known);
  if (known === "R") element.dataset.unix = unix;
  return element;
}

// The short time beside a name: the clock today, date and clock before.
export function messageTime(iso) {
  const date = new Date(iso);
  const unix = date.getTime() / 1000;
  const element = timestamp(unix, date.toDateString() === new Date().toDateString() ? "t" : "f");
  element.className = "when";
  return element;
}

function tick() {
  for (const element of document.querySelectorAll("time[data-unix]")) {
    const text = relativeText(Number(element.dataset.unix));
    if (element.textContent !== text) element.textContent = text;
  }
}

export function startTicking() {
  setInterval(tick, 1000);
}
