import { complaint, get } from './api.ts';
import { button, enterMovesOn, facts, field, h } from './dom.ts';
import { groupPhone, parseYuan, plainDigits, yuan } from './money.ts';
import { keepPending } from './pending.ts';
import type { Desk, Screen } from './screen.ts';
import { pick, t } from './texts.ts';
import type { Service } from './types.ts';

const QUICK = [10, 20, 30, 50, 100, 200];

/** What was typed, kept while the teller looks elsewhere or goes back to mend it. */
interface Draft {
  service: string;
  fields: Record<string, string>;
  amount: string;
}

let draft: Draft = { service: '', fields: {}, amount: '' };

/** A payment of a declared service: typed, then repeated in large for the customer, then confirmed. */
export function topUpScreen(desk: Desk): Screen {
  const element = h('section', { className: 'card' });
  let known = false;
  load();

  function load(): void {
    get<{ services: Service[] }>('/api/services').then(
      ({ services }) => {
        const first = services[0];
        if (known || !first) return;
        known = true;
        ask(services, services.find(({ code }) => code === draft.service) ?? first);
      },
      (error: unknown) => element.replaceChildren(complaint(error)),
    );
  }

  function ask(services: Service[], service: Service): void {
    if (draft.service !== service.code) draft = { service: service.code, fields: {}, amount: '' };
    const inputs = service.fields.map(({ name, zh, en, pattern }) => {
      const phone = name === 'phone';
      const input = h('input', {
        name,
        className: 'large',
        inputMode: 'numeric',
        autocomplete: 'off',
        value: phone ? groupPhone(draft.fields[name] ?? '') : (draft.fields[name] ?? ''),
        oninput: () => {
          if (phone) regroup(input);
          draft.fields[name] = plain(input.value, phone);
        },
      });
      return { name, fits: new RegExp(pattern), input, line: field(pick(zh, en), input) };
    });
    const amount = h('input', {
      name: 'amount',
      className: 'large',
      inputMode: 'decimal',
      autocomplete: 'off',
      value: draft.amount,
      oninput: () => {
        draft.amount = amount.value;
      },
    });
    const rule = t('rule', {
      min: plainYuan(service.minimumFen),
      max: plainYuan(service.maximumFen),
      step: plainYuan(service.multipleFen),
    });
    const amountLine = field(t('amount'), amount, rule);
    const quick = h('div', { className: 'quick' });
    for (const value of QUICK.filter((v) => isAllowed(service, v * 100)))
      quick.append(
        button(String(value), () => {
          amount.value = draft.amount = String(value);
          next.focus();
        }),
      );
    const next = h('button', { type: 'submit', className: 'primary wide' }, t('next'));
    const form = h(
      'form',
      { noValidate: true },
      chooser(services, service),
      ...inputs.map(({ line }) => line.element),
      amountLine.element,
      quick,
      next,
    );
    enterMovesOn(form);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      for (const { line } of inputs) line.tell('');
      amountLine.tell('');
      const wrong = inputs.find(({ name, fits }) => !fits.test(draft.fields[name] ?? ''));
      if (wrong) return wrong.line.tell(t('wrongField'));
      const fen = parseYuan(draft.amount);
      if (fen === undefined || !isAllowed(service, fen)) return amountLine.tell(t('wrongAmount'));
      // Before any cash is taken; the platform refuses it as well.
      const available = desk.available();
      if (available !== undefined && fen > available)
        return amountLine.tell(t('creditShort', { available: yuan(available) }));
      confirm(services, service, fen);
    });
    element.replaceChildren(form);
    (inputs.find(({ input }) => input.value === '')?.input ?? amount).focus();
  }

  function chooser(services: Service[], chosen: Service): HTMLElement {
    const name = (service: Service) => pick(service.zh, service.en);
    if (services.length === 1) return h('h1', {}, name(chosen));
    const tabs = h('div', { className: 'quick' });
    for (const service of services) {
      const tab = button(name(service), () => ask(services, service));
      tab.ariaPressed = String(service === chosen);
      tabs.append(tab);
    }
    return tabs;
  }

  function confirm(services: Service[], service: Service, amountFen: number): void {
    const title = pick(service.zh, service.en);
    const yes = button(
      t('confirm'),
      () => {
        yes.disabled = true;
        const { fields } = draft;
        const { id } = keepPending({
          url: '/api/payments',
          body: { service: service.code, fields, amountFen },
          title,
          account: service.fields.map(({ name }) => shownValue(name)).join(' '),
          amountFen,
          organisation: desk.session.organisation,
        });
        draft = { service: service.code, fields: {}, amount: '' };
        desk.go(`order/${id}`);
      },
      'primary',
    );
    const said = service.fields.map(({ name, zh, en }) => {
      return h(
        'div',
        { className: 'said' },
        h('span', {}, pick(zh, en)),
        h('strong', { className: 'huge' }, shownValue(name)),
      );
    });
    element.replaceChildren(
      h('h1', {}, t('confirmTitle')),
      ...said,
      h(
        'div',
        { className: 'said' },
        h('span', {}, t('sum')),
        h('strong', { className: 'huge money' }, `¥${yuan(amountFen)}`),
      ),
      facts([[t('service'), title]]),
      h('p', { className: 'notice' }, t('cashFirst')),
      h(
        'div',
        { className: 'actions' },
        button(t('back'), () => ask(services, service)),
        yes,
      ),
    );
    yes.focus();
  }

  return {
    element,
    // It came while the platform could not be reached.
    look() {
      if (!known) load();
    },
  };
}

const shownValue = (name: string) => {
  const value = draft.fields[name] ?? '';
  return name === 'phone' ? groupPhone(value) : value;
};

const plain = (text: string, phone: boolean) =>
  phone ? plainDigits(text).replace(/\D/g, '') : plainDigits(text);

const plainYuan = (fen: number) => yuan(fen).replace(/\.00$/, '');

const isAllowed = ({ minimumFen, maximumFen, multipleFen }: Service, fen: number) =>
  fen >= minimumFen && fen <= maximumFen && fen % multipleFen === 0;

/** Groups the digits and leaves the caret behind the same digit. */
function regroup(input: HTMLInputElement): void {
  const before = input.value.slice(0, input.selectionStart ?? input.value.length);
  const digitsBefore = plainDigits(before).replace(/\D/g, '').length;
  input.value = groupPhone(input.value);
  let caret = 0;
  for (let digits = 0; digits < digitsBefore && caret < input.value.length; caret++)
    if (/\d/.test(input.value.charAt(caret))) digits++;
  input.setSelectionRange(caret, caret);
}
