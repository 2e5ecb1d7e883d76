// The fields of a modal: each shows a label, reads to a value, and says what is wrong with it.

import { h, uid } from "./dom.js";
import { pack } from "./files.js";
import { markdown } from "./markdown.js";
import { menuSpec } from "./menus.js";
import { select } from "./select.js";

// Makes {element, id, read()} from one top component; text displays have no id and no read.
export function modalField(data, names, world) {
  if (data.type === 10) return { element: markdown(data.content, names) };
  const inner = data.type === 1 ? data.components[0] : (data.component ?? data);
  const label = data.label ?? inner.label ?? "";
  const make = MAKERS[inner.type];
  if (!make)
    return {
      element: h("p", { class: "subtext" }, `(a field of type ${inner.type}, which this page does not show)`),
    };
  return labelled(label, data.description, inner, make, world);
}

function labelled(label, description, data, make, world) {
  const ids = { label: uid("label"), control: uid("field"), note: uid("note"), problem: uid("problem") };
  const needed = data.type !== 23 && data.required !== false;
  const { element, control, read } = make(data, ids, world);
  control.setAttribute("aria-describedby", description ? `${ids.note} ${ids.problem}` : ids.problem);
  if (needed && data.type in CAN_BE_REQUIRED) control.setAttribute("aria-required", "true");
  const problem = h("p", { class: "field-problem", id: ids.problem, role: "alert" });
  const title = h(
    "label",
    { id: ids.label, for: ids.control },
    label,
    needed ? h("span", { class: "needed", title: "needed" }, " *") : null,
  );
  const box = h(
    "div",
    { class: "modal-field" },
    title,
    description ? h("p", { class: "subtext", id: ids.note }, description) : null,
    element,
    problem,
  );
  const check = async () => {
    const [value, fault] = await read(needed);
    problem.textContent = fault ?? "";
    if (fault) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
    box.classList.toggle("wrong", Boolean(fault));
    return fault ? null : value;
  };
  return {
    element: box,
    id: data.custom_id,
    check,
    focus: () => box.querySelector("input, textarea, button")?.focus(),
  };
}

// Each makes {element, control, read(needed)}: what is shown, the part of it that has the name, and a
// function to [value, what is wrong with it].
const MAKERS = {
  3: menu,
  4: textInput,
  5: menu,
  6: menu,
  7: menu,
  8: menu,
  19: upload,
  21: choiceGroup,
  22: choiceGroup,
  23: checkbox,
};
const CAN_BE_REQUIRED = { 3: true, 4: true, 5: true, 6: true, 7: true, 8: true, 21: true };

function textInput(data, ids) {
  const props = {
    id: ids.control,
    placeholder: data.placeholder,
    maxlength: String(data.max_length ?? 4000),
    autocomplete: "off",
  };
  const input =
    data.style === 2 ? h("textarea", { ...props, rows: "4" }) : h("input", { type: "text", ...props });
  input.value = data.value ?? "";
  const counter = h("span", { class: "counter", "aria-hidden": "true" });
  const count = () => (counter.textContent = `${input.value.length} / ${data.max_length ?? 4000}`);
  input.addEventListener("input", count);
  count();
  return {
    element: h("div", { class: "text-field" }, input, counter),
    control: input,
    read: (needed) => [input.value, textFault(input.value, data, needed)],
  };
}

function textFault(text, data, needed) {
  if (!text.trim()) return needed ? "Please fill this in." : null;
  if (text.length < (data.min_length ?? 0)) return `Please write at least ${data.min_length} characters.`;
  return null;
}

function menu(data, ids, world) {
  const own = { id: ids.control, labelledBy: ids.label, onchange: () => {} };
  const element = select({ ...menuSpec(data, world), ...own });
  const read = (needed) => {
    const values = element.values();
    return [values, countFault(values.length, data.min_values ?? 1, data.max_values ?? 1, needed)];
  };
  return { element, control: element.button, read };
}

function countFault(count, min, max, needed) {
  if (!count) return needed ? "Please choose." : null;
  if (count < min) return `Please choose at least ${min}.`;
  return count > max ? `Please choose at most ${max}.` : null;
}

// Radio buttons (one string) and checkboxes (a list of strings).
function choiceGroup(data, ids) {
  const type = data.type === 21 ? "radio" : "checkbox";
  const inputs = data.options.map((option) =>
    h("input", { type, name: ids.control, value: option.value, checked: Boolean(option.default) }),
  );
  const rows = data.options.map((option, index) => choiceRow(inputs[index], option));
  const read = (needed) => {
    const values = inputs.filter((input) => input.checked).map((input) => input.value);
    if (type === "radio") return [values[0], countFault(values.length, 1, 1, needed)];
    return [
      values,
      countFault(values.length, data.min_values ?? 1, data.max_values ?? inputs.length, needed),
    ];
  };
  const role = type === "radio" ? "radiogroup" : "group";
  const element = h("div", { class: "choice-group", role, "aria-labelledby": ids.label }, rows);
  return { element, control: element, read };
}

function choiceRow(input, option) {
  const text = h(
    "span",
    { class: "option-text" },
    h("span", {}, option.label),
    option.description ? h("small", {}, option.description) : null,
  );
  return h("label", { class: "answer" }, input, text);
}

function checkbox(data, ids) {
  const input = h("input", { type: "checkbox", id: ids.control, checked: Boolean(data.default) });
  const element = h("div", { class: "single-check" }, input);
  return { element, control: input, read: () => [input.checked, null] };
}

function upload(data, ids) {
  const most = data.max_values ?? 1;
  const input = h("input", { type: "file", id: ids.control, multiple: most > 1 });
  const read = async (needed) => {
    const fault = countFault(input.files.length, data.min_values ?? 1, most, needed);
    return fault ? [null, fault] : packed([...input.files]);
  };
  return { element: input, control: input, read };
}

async function packed(files) {
  try {
    return [await pack(files), null];
  } catch (reason) {
    return [null, reason.message];
  }
}
