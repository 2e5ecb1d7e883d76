// The two questions of the page itself: add a person, and restart the bot.

import { h, iconButton, uid } from "./dom.js";
import { avatar } from "./people.js";

// Shows a native dialog; `content(close)` builds its body.
function show(title, content) {
  const id = uid("dialog");
  const close = () => dialog.close();
  const dialog = h(
    "dialog",
    { class: "dialog", "aria-labelledby": id, onclose: () => dialog.remove() },
    h("header", {}, h("h2", { id }, title), iconButton("close", "Close", close)),
    content(close),
  );
  document.body.append(dialog);
  dialog.showModal();
}

// `absent` have no pane: onshow(person) opens one. onadd(name) resolves or rejects with a sentence.
export function askForPerson(absent, onshow, onadd) {
  show("Add a person", (close) => h("div", {}, known(absent, onshow, close), newcomer(onadd, close)));
}

function known(absent, onshow, close) {
  if (!absent.length) return null;
  const choose = (person) => {
    close();
    onshow(person);
  };
  const buttons = absent.map((person) =>
    h(
      "button",
      { type: "button", class: "button s2", onclick: () => choose(person) },
      avatar(person.id, person.name),
      person.name,
    ),
  );
  return h(
    "div",
    { class: "dialog-part" },
    h("p", {}, "Already a member of this server:"),
    h("div", { class: "row" }, buttons),
  );
}

function newcomer(onadd, close) {
  const id = uid("name");
  const fault = h("p", { class: "field-problem", role: "alert" });
  const input = h("input", {
    type: "text",
    id,
    maxlength: "32",
    required: true,
    autocomplete: "off",
    autofocus: true,
    placeholder: "carol",
  });
  const submit = (event) => {
    event.preventDefault();
    onadd(input.value.trim()).then(close, (reason) => (fault.textContent = reason.message));
  };
  return h(
    "form",
    { class: "dialog-part", onsubmit: submit },
    h("label", { for: id }, "Name of somebody new"),
    h("div", { class: "row" }, input, h("button", { type: "submit", class: "button s1" }, "Add")),
    fault,
  );
}

export function askToRestart(onrestart) {
  show("Restart the bot", (close) => {
    const restart = () => {
      close();
      onrestart();
    };
    return h(
      "div",
      {},
      h(
        "p",
        {},
        "This really kills the bot’s process, without a warning, and starts a new one in a second or two.",
      ),
      h(
        "p",
        {},
        "Try it while a question is open: it goes on, and every answer that was confirmed still counts.",
      ),
      h(
        "footer",
        {},
        h("button", { type: "button", class: "button s2", onclick: close }, "Cancel"),
        h(
          "button",
          { type: "button", class: "button s4", autofocus: true, onclick: restart },
          "Kill and restart it",
        ),
      ),
    );
  });
}
