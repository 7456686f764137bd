import { me, post } from './net.js';

/** Asks before an act that asks to be asked. */
function confirmed(button) {
  const title = button.dataset.confirmTitle;
  const dialog = document.querySelector('.confirm');
  if (!title || !dialog) return Promise.resolve(true);
  dialog.querySelector('h2').textContent = title;
  dialog.querySelector('p').textContent = button.dataset.confirmText ?? '';
  dialog.returnValue = 'no';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true });
  });
}

/** Sends the press; the card can do nothing else until the answer is there. */
async function press(source, form) {
  const message = source.closest('.message');
  const card = source.closest('.card');
  if (!message || !card || card.getAttribute('aria-busy') === 'true') return;
  card.setAttribute('aria-busy', 'true');
  const controls = [...card.querySelectorAll('button, input, select, textarea')].filter(
    (control) => !control.disabled,
  );
  for (const control of controls) control.disabled = true;
  await post('press', {
    as: me,
    message: message.id,
    action: source.dataset.action,
    value: JSON.parse(source.dataset.value || '{}'),
    form,
  });
  card.removeAttribute('aria-busy');
  for (const control of controls) control.disabled = false;
  if (card.isConnected && source instanceof HTMLButtonElement) source.focus({ preventScroll: true });
}

/** The form's values under the fields' names; a multi select is always a list. */
function valuesOf(form) {
  const values = {};
  for (const group of form.querySelectorAll('[data-multi]')) values[group.dataset.multi] = [];
  for (const [name, value] of new FormData(form)) {
    if (Array.isArray(values[name])) values[name].push(value);
    else values[name] = value;
  }
  return values;
}

/** One listener for all cards, also those that come later. */
export function listenToCards() {
  document.addEventListener('click', async (event) => {
    const target = event.target instanceof Element ? event.target : null;
    for (const more of document.querySelectorAll('details.more[open]'))
      if (!more.contains(target)) more.open = false;
    const recall = target?.closest('[data-recall]');
    if (recall) {
      recall.disabled = true;
      await post('recall', { as: me, message: recall.dataset.recall });
      recall.disabled = false;
      return;
    }
    const button = target?.closest('button[data-action]');
    if (!button) return;
    const more = button.closest('details.more');
    if (more) more.open = false;
    if (await confirmed(button)) await press(button, {});
  });

  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches('form[data-action]')) return;
    event.preventDefault();
    void press(form, valuesOf(form));
  });

  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    for (const more of document.querySelectorAll('details.more[open]')) {
      more.open = false;
      more.querySelector('summary')?.focus();
    }
  });
}
