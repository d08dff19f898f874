// Making elements: what stands in them is always text, never HTML, because tickets are written by strangers.

/** Return an element with its properties and attributes, what listens to it, and what is in it; nothing for null and false. */
export function make(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (typeof value === "function") made.addEventListener(key.replace(/^on/, ""), value);
    else if (key in made && !key.includes("-")) made[key] = value ?? "";
    else if (value || value === 0) made.setAttribute(key, value);
  }
  made.append(...children.flat().filter((child) => child || child === 0));
  return made;
}

/** Return a button that does something. */
export function button(label, onclick, properties = {}) {
  return make("button", { type: "button", onclick, ...properties }, label);
}

/** Exchange what is in an element, and keep the focus on what has the same `data-key`. */
export function fill(element, ...children) {
  const key = element.contains(document.activeElement) && document.activeElement.dataset.key;
  element.replaceChildren(...children.filter((child) => child));
  if (key) [...element.querySelectorAll("[data-key]")].find((one) => one.dataset.key === key)?.focus({ preventScroll: true });
}
