import { listenToCards } from './card.js';
import { startClock } from './clock.js';
import { listenToComposers } from './composer.js';
import { me } from './net.js';
import { readVisible, scrollToEnd, startStream } from './stream.js';

const HINT_KEY = 'lianxin-hint-closed';

/** At phone width one chat is in front; on a wide screen a group stands beside the private chat. */
function show(chat) {
  for (const tab of document.querySelectorAll('[data-tab]')) {
    if (tab.dataset.tab === chat) tab.setAttribute('aria-current', 'true');
    else tab.removeAttribute('aria-current');
  }
  for (const pane of document.querySelectorAll('.pane')) {
    const chosen = pane.dataset.chat === chat;
    pane.classList.toggle('is-active', chosen);
    const isGroup = document.querySelector(`.pane.is-group[data-chat="${CSS.escape(chat)}"]`) !== null;
    if (isGroup) pane.classList.toggle('is-front', chosen);
    const list = pane.querySelector('.messages');
    if (chosen && list) scrollToEnd(list);
  }
  history.replaceState(null, '', `/?as=${encodeURIComponent(me)}&chat=${encodeURIComponent(chat)}`);
  readVisible();
}

/** Buttons that open a list: `data-toggle` names it. */
function closeLists(except) {
  for (const toggle of document.querySelectorAll('[data-toggle][aria-expanded="true"]')) {
    const list = document.getElementById(toggle.dataset.toggle);
    if (toggle === except || list?.contains(except)) continue;
    toggle.setAttribute('aria-expanded', 'false');
    list?.classList.remove('is-open');
  }
}

document.addEventListener('click', (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const toggle = target?.closest('[data-toggle]');
  closeLists(toggle ?? target);
  if (toggle) {
    const open = toggle.getAttribute('aria-expanded') !== 'true';
    toggle.setAttribute('aria-expanded', String(open));
    document.getElementById(toggle.dataset.toggle)?.classList.toggle('is-open', open);
  }
  const tab = target?.closest('[data-tab]');
  if (tab) show(tab.dataset.tab);
  if (target?.closest('[data-hint-close]')) {
    localStorage.setItem(HINT_KEY, '1');
    document.querySelector('.hint')?.setAttribute('hidden', '');
  }
});

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') closeLists(null);
});

if (localStorage.getItem(HINT_KEY) !== '1') document.querySelector('.hint')?.removeAttribute('hidden');

listenToCards();
listenToComposers();
startClock();
startStream();
