// The fields of a modal: each shows a label, reads to a value, and says what is wrong with it.

import { h, uid } from "./dom.js";
import { markdown } from "./markdown.js";
import { base64 } from "./option_field.js";
import { entityOptions, select } from "./select.js";

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
  const ids = { label: uid("label"), control: uid("field"), problem: uid("problem") };
  const needed = data.type !== 23 && data.required !== false;
  const { element, read } = make(data, ids, world);
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
    description ? h("p", { class: "subtext" }, description) : null,
    element,
    problem,
  );
  const check = async () => {
    const [value, fault] = await read(needed);
    problem.textContent = fault ?? "";
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

function textInput(data, ids) {
  const props = {
    id: ids.control,
    placeholder: data.placeholder,
    maxlength: String(data.max_length ?? 4000),
    "aria-describedby": ids.problem,
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
    read: (needed) => [input.value, textFault(input.value, data, needed)],
  };
}

function textFault(text, data, needed) {
  if (!text.trim()) return needed ? "Please fill this in." : null;
  if (text.length < (data.min_length ?? 0)) return `Please write at least ${data.min_length} characters.`;
  return null;
}

function menu(data, ids, world) {
  const spec = {
    key: data.custom_id,
    label: data.placeholder || "Make a selection",
    placeholder: data.placeholder || "Make a selection",
    options: data.type === 3 ? data.options : entityOptions(data, world),
    min: data.min_values ?? 1,
    max: data.max_values ?? 1,
    disabled: false,
    onchange: () => {},
  };
  const element = select({ ...spec, labelledBy: ids.label });
  return {
    element,
    read: (needed) => [element.values(), countFault(element.values().length, spec.min, spec.max, needed)],
  };
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
  return {
    element: h(
      "div",
      {
        class: "choice-group",
        role: type === "radio" ? "radiogroup" : "group",
        "aria-labelledby": ids.label,
      },
      rows,
    ),
    read,
  };
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
  return { element: h("div", { class: "single-check" }, input), read: () => [input.checked, null] };
}

function upload(data, ids) {
  const most = data.max_values ?? 1;
  const input = h("input", { type: "file", id: ids.control, multiple: most > 1 });
  const read = async (needed) => {
    const files = [...input.files];
    const fault = countFault(files.length, data.min_values ?? 1, most, needed);
    return [
      await Promise.all(files.map(async (file) => ({ name: file.name, base64: await base64(file) }))),
      fault,
    ];
  };
  return { element: input, read };
}
