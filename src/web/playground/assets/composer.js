import { me, post } from './net.js';

const STARTS = ['/', '／', '、'];

/** Height follows the text, up to the limit in the style sheet. */
function grow(input) {
  input.style.setProperty('height', 'auto');
  input.style.setProperty('height', `${input.scrollHeight}px`);
}

function options(list) {
  return [...list.querySelectorAll('[role="option"]:not([hidden])')];
}

function choose(input, list, option) {
  for (const other of list.querySelectorAll('[aria-selected="true"]'))
    other.setAttribute('aria-selected', 'false');
  option?.setAttribute('aria-selected', 'true');
  option?.scrollIntoView({ block: 'nearest' });
  if (option) input.setAttribute('aria-activedescendant', option.id);
  else input.removeAttribute('aria-activedescendant');
}

function close(input, list) {
  list.hidden = true;
  input.setAttribute('aria-expanded', 'false');
  choose(input, list, null);
}

/** Offers the commands that begin like what is typed; one is chosen at once while the word is unfinished. */
function offer(input, list) {
  const typed = input.value;
  const isCommand = STARTS.includes(typed[0]) && !/\s/.test(typed);
  const wanted = typed.slice(1);
  for (const option of list.querySelectorAll('[role="option"]')) {
    option.hidden = !(isCommand && option.dataset.word.slice(1).startsWith(wanted));
  }
  const found = options(list);
  if (found.length === 0) return close(input, list);
  list.hidden = false;
  input.setAttribute('aria-expanded', 'true');
  const unfinished = wanted !== '' && found[0].dataset.word.slice(1) !== wanted;
  choose(input, list, unfinished ? found[0] : null);
}

/** Puts a whole example in, with everything after the word selected, so that typing replaces it. */
function take(input, list, option) {
  const { word, example } = option.dataset;
  input.value = example;
  close(input, list);
  input.focus();
  if (example.length > word.length) input.setSelectionRange(word.length + 1, example.length);
  grow(input);
}

async function send(form, input, list) {
  const text = input.value.trim();
  const button = form.querySelector('.send');
  if (text === '') return;
  // What is sent while the last line is still on its way goes after it, never lost and never ahead.
  if (button.disabled) {
    form.dataset.next = text;
    return;
  }
  close(input, list);
  button.disabled = true;
  const sent = await post('say', { as: me, chat: form.dataset.composer, text });
  button.disabled = false;
  if (sent && input.value.trim() === text) input.value = '';
  grow(input);
  input.focus();
  const { next } = form.dataset;
  delete form.dataset.next;
  if (next && next === input.value.trim()) await send(form, input, list);
}

function onKey(event, form, input, list) {
  // An input method's own Enter chooses characters and sends nothing.
  if (event.isComposing || event.keyCode === 229) return;
  const found = list.hidden ? [] : options(list);
  const at = found.findIndex((option) => option.getAttribute('aria-selected') === 'true');
  if (found.length > 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
    event.preventDefault();
    const next = event.key === 'ArrowDown' ? at + 1 : at <= 0 ? found.length - 1 : at - 1;
    choose(input, list, found[next % found.length]);
  } else if (at >= 0 && (event.key === 'Enter' || event.key === 'Tab')) {
    event.preventDefault();
    take(input, list, found[at]);
  } else if (event.key === 'Escape') {
    close(input, list);
  } else if (event.key === 'Enter' && !event.shiftKey) {
    event.preventDefault();
    void send(form, input, list);
  }
}

function listen(form) {
  const input = form.querySelector('textarea');
  const list = form.querySelector('.completion');
  input.addEventListener('input', () => {
    grow(input);
    offer(input, list);
  });
  input.addEventListener('keydown', (event) => onKey(event, form, input, list));
  input.addEventListener('blur', () =>
    setTimeout(() => {
      if (document.activeElement !== input) close(input, list);
    }, 150),
  );
  list.addEventListener('mousedown', (event) => {
    event.preventDefault();
    const option = event.target instanceof Element ? event.target.closest('[role="option"]') : null;
    if (option) take(input, list, option);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void send(form, input, list);
  });
  form.addEventListener('click', async (event) => {
    const chip = event.target instanceof Element ? event.target.closest('.chip') : null;
    if (!chip) return;
    if (chip.dataset.menu) {
      chip.disabled = true;
      await post('menu', { as: me, key: chip.dataset.menu });
      chip.disabled = false;
      return;
    }
    input.value = chip.dataset.fill ?? `${chip.dataset.insert}${input.value}`;
    input.focus();
    input.setSelectionRange(input.value.length, input.value.length);
    grow(input);
  });
}

export function listenToComposers() {
  for (const form of document.querySelectorAll('[data-composer]')) listen(form);
}
