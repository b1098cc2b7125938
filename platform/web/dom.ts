type Child = Node | string | undefined | false;

/** An element with properties and children; `undefined` and `false` children are left out. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

/** A form's line: label, input, and the place where the input's mistake is told. */
export function field(label: string, input: HTMLInputElement | HTMLSelectElement, hint = '') {
  const told = h('p', { className: 'mistake', role: 'alert' });
  input.id ||= `field-${input.name}`;
  const element = h(
    'div',
    { className: 'field' },
    h('label', { htmlFor: input.id }, label),
    input,
    hint !== '' && h('p', { className: 'hint' }, hint),
    told,
  );
  return {
    element,
    /** Says what is wrong and goes there; `''` takes it back. */
    tell(mistake: string): void {
      told.textContent = mistake;
      input.ariaInvalid = mistake ? 'true' : null;
      if (mistake) input.focus();
    },
  };
}

/** Label and value pairs. */
export function facts(rows: (readonly [string, string] | undefined | false)[]): HTMLElement {
  const list = h('dl', { className: 'facts' });
  for (const row of rows) if (row) list.append(h('dt', {}, row[0]), h('dd', {}, row[1]));
  return list;
}

export function button(text: string, onclick: () => void, className = ''): HTMLButtonElement {
  return h('button', { type: 'button', className, onclick }, text);
}

/** In a form Enter goes to the next empty field, and submits from the last. A held key never submits what comes next. */
export function enterMovesOn(form: HTMLFormElement): void {
  form.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return;
    const inputs = [...form.querySelectorAll('input')];
    const next = inputs.slice(inputs.indexOf(event.target) + 1).find((input) => input.value === '');
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}

export function ignoreHeldEnter(): void {
  document.addEventListener('keydown', (event) => {
    if (event.repeat && event.key === 'Enter') event.preventDefault();
  });
}
