// Dark or light: the system's choice until the reader makes one.

import { h, icon } from "./dom.js";
import { recall, remember } from "./store.js";

const dark = matchMedia("(prefers-color-scheme: dark)");

function current() {
  return recall("theme") ?? (dark.matches ? "dark" : "light");
}

export function themeButton() {
  const button = h("button", { type: "button", class: "icon-button" });
  const apply = () => {
    const theme = current();
    const other = theme === "dark" ? "light" : "dark";
    document.documentElement.dataset.theme = theme;
    button.setAttribute("aria-label", `Use the ${other} theme`);
    button.title = `Use the ${other} theme`;
    button.replaceChildren(icon(theme === "dark" ? "sun" : "moon"));
  };
  button.addEventListener("click", () => {
    remember("theme", current() === "dark" ? "light" : "dark");
    apply();
  });
  dark.addEventListener("change", apply);
  apply();
  return button;
}
