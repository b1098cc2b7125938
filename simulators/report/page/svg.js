const SVG = 'http://www.w3.org/2000/svg';

/** @typedef {{ [name: string]: string | number }} Attributes */

/** An element of a drawing; texts are set as text, never as markup. @param {string} name @param {Attributes} attributes @param {(Node | string)[]} inner */
export function svg(name, attributes, ...inner) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...inner);
  return made;
}

/** @param {string} tag @param {string} className @param {(Node | string)[]} inner */
export function html(tag, className, ...inner) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...inner);
  return made;
}

const meter = document.createElement('canvas').getContext('2d');

/** @param {string} text @param {number} size */
export function widthOf(text, size = 12.5) {
  if (!meter) return text.length * size;
  meter.font = `${size}px ${getComputedStyle(document.body).fontFamily}`;
  return meter.measureText(text).width;
}

/** Cut to a width. @param {string} text @param {number} width */
export function fitted(text, width) {
  if (widthOf(text) <= width) return text;
  let length = text.length;
  while (length > 1 && widthOf(`${text.slice(0, length)}…`) > width) length--;
  return `${text.slice(0, length)}…`;
}
