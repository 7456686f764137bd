import { showClock } from './clock.js';
import { me, post, toast } from './net.js';

const NEAR_BOTTOM = 120;
let readTimer = 0;

/** Puts a date between two messages of different days. */
function separateDays(list) {
  for (const old of list.querySelectorAll('.day')) old.remove();
  let day = '';
  for (const message of list.querySelectorAll('.message')) {
    if (message.dataset.day !== day) {
      day = message.dataset.day;
      const line = document.createElement('li');
      line.className = 'day';
      line.textContent = day;
      message.before(line);
    }
  }
}

/** What was typed into a card's form is kept when the card is drawn anew. */
function keepTyping(old, fresh) {
  const before = old.querySelector('form[data-action]');
  const after = fresh.querySelector('form[data-action]');
  if (!before || !after || before.dataset.action !== after.dataset.action) return;
  for (const field of before.elements) {
    const same = field.name ? after.querySelectorAll(`[name="${CSS.escape(field.name)}"]`) : [];
    for (const twin of same) {
      if (field.type === 'checkbox') {
        if (twin.value === field.value && field.checked !== field.defaultChecked)
          twin.checked = field.checked;
      } else if (field.tagName === 'SELECT' || field.value !== field.defaultValue) twin.value = field.value;
    }
  }
}

/** To the end, unless the last message is taller than the window: then to its beginning, where its title stands. */
export function scrollToEnd(list) {
  const last = list.querySelector('.message:last-child');
  const tall = last && last.offsetHeight > list.clientHeight - 16;
  list.scrollTop = tall ? last.offsetTop - list.offsetTop - 8 : list.scrollHeight;
}

function apply(fragment) {
  const list = document.querySelector(`.pane[data-chat="${CSS.escape(fragment.chat)}"] .messages`);
  if (!list) return;
  const template = document.createElement('template');
  template.innerHTML = fragment.html;
  const fresh = template.content.firstElementChild;
  if (!fresh) return;
  const old = document.getElementById(fragment.id);
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_BOTTOM;
  if (old) {
    keepTyping(old, fresh);
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    old.replaceWith(fresh);
    // A keyboard user stays in the card: on the same control, or on its title, which says what it is now.
    const place = focused?.id ? document.getElementById(focused.id) : null;
    const title = fresh.querySelector('.card-title');
    if (focused && title && !place) title.tabIndex = -1;
    if (focused) (place ?? title)?.focus({ preventScroll: true });
    fresh.classList.add('is-changed');
  } else {
    const later = [...list.querySelectorAll('.message')].find(
      (other) => Number(other.dataset.n) > Number(fresh.dataset.n),
    );
    if (later) later.before(fresh);
    else list.append(fresh);
    fresh.classList.add('is-new');
  }
  separateDays(list);
  if (atEnd || fresh.classList.contains('is-mine')) scrollToEnd(list);
  readVisible();
}

function mark(selector, count) {
  const badge = document.querySelector(selector);
  if (!badge) return;
  badge.textContent = count > 99 ? '99+' : String(count);
  badge.hidden = count === 0;
}

function applyMarks({ chats, people }) {
  for (const [chat, count] of Object.entries(chats)) mark(`[data-badge-chat="${CSS.escape(chat)}"]`, count);
  let others = 0;
  for (const [person, count] of Object.entries(people)) {
    mark(`[data-badge-person="${CSS.escape(person)}"]`, count);
    if (person !== me) others += count;
    // Whoever is waited for opens at what waits.
    const link = document.querySelector(`a[data-person="${CSS.escape(person)}"]`);
    const query = `?as=${encodeURIComponent(person)}`;
    link?.setAttribute(
      'href',
      count > 0 ? `/${query}&chat=${encodeURIComponent(`p2p-${person}`)}` : `/${query}`,
    );
  }
  mark('[data-badge-others]', others);
  if (Object.values(chats).some((count) => count > 0)) readVisible();
}

/** Tells the server which chats are being looked at, a moment later and at most once for a burst. */
export function readVisible() {
  clearTimeout(readTimer);
  readTimer = setTimeout(() => {
    if (document.visibilityState !== 'visible') return;
    for (const pane of document.querySelectorAll('.pane')) {
      const badge = document.querySelector(`[data-badge-chat="${CSS.escape(pane.dataset.chat)}"]`);
      const unread = badge && !badge.hidden;
      if (unread && pane.offsetParent !== null) void post('read', { as: me, chat: pane.dataset.chat });
    }
  }, 400);
}

/** Opens the stream; the browser reconnects by itself and the server sends what was missed. */
export function startStream() {
  for (const list of document.querySelectorAll('.messages')) {
    separateDays(list);
    scrollToEnd(list);
  }
  const offline = document.querySelector('.offline');
  let since = document.body.dataset.cursor ?? '';
  let offlineTimer = 0;
  const open = () => {
    const source = new EventSource(
      `/playground/events?as=${encodeURIComponent(me)}&since=${encodeURIComponent(since)}`,
    );
    const on = (name, run) =>
      source.addEventListener(name, (event) => {
        since = event.lastEventId || since;
        const data = JSON.parse(event.data);
        if (data) run(data);
      });
    on('message', apply);
    on('marks', applyMarks);
    on('clock', showClock);
    on('progress', ({ text }) => toast(text, 'info', 'forward'));
    on('reload', () => location.reload());
    source.onopen = () => {
      clearTimeout(offlineTimer);
      if (offline) offline.hidden = true;
      document.body.dataset.stream = 'open';
    };
    source.onerror = () => {
      document.body.dataset.stream = 'lost';
      clearTimeout(offlineTimer);
      offlineTimer = setTimeout(() => {
        if (offline) offline.hidden = false;
      }, 1500);
      if (source.readyState === EventSource.CLOSED) setTimeout(open, 2000);
    };
  };
  open();
  document.addEventListener('visibilitychange', readVisible);
  readVisible();
}
