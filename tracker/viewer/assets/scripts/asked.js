// The answers as they stand in the page, and what is said of them there.

/** Return a reader and a writer of answers, by the keys of the questions; chosen values are lines. */
export function controls(element, form) {
  const fields = form.elements.filter(({ control }) => control !== "note");
  const inputs = (key) => [...element.querySelectorAll(`[name="${CSS.escape(key)}"]`)];
  const boxes = ({ control }) => control === "choices" || control === "boxes";
  const read = (each) => (boxes(each) ? inputs(each.key).filter((box) => box.checked).map((box) => box.value).join("\n") : inputs(each.key)[0].value);
  const write = (each, answer) => {
    const chosen = answer.split("\n");
    for (const input of inputs(each.key)) {
      if (boxes(each)) input.checked = chosen.includes(input.value);
      else input.value = answer;
    }
  };
  return {
    fields,
    answers: () => Object.fromEntries(fields.map((each) => [each.key, read(each)])),
    fill: (answers) => fields.forEach((each) => write(each, answers[each.key] ?? each.value)),
    first: (key) => inputs(key)[0],
    unreadable: ({ key }) => inputs(key)[0].validity.badInput,
  };
}

/** Say, or no longer say, what is wrong with an answer. */
export function tell(element, key, message) {
  const field = element.querySelector(`[data-key="${CSS.escape(key)}"]`), error = field.querySelector(".tk-error");
  const described = field.matches("fieldset") ? field : field.querySelector("input, select, textarea");
  const others = (described.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => id && id !== error.id);
  error.textContent = message;
  error.hidden = !message;
  field.classList.toggle("tk-field--wrong", Boolean(message));
  for (const input of field.querySelectorAll("input, select, textarea")) {
    if (message) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }
  const ids = [...others, ...(message ? [error.id] : [])].join(" ");
  if (ids) described.setAttribute("aria-describedby", ids);
  else described.removeAttribute("aria-describedby");
}
