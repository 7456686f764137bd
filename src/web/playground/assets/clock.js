import { post } from './net.js';

const WEEKDAYS = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'];
const SHANGHAI = 8 * 3_600_000;
let offset = 0;

/** 11月23日（周一）8:30, in Shanghai time wherever the browser is. */
function say(ms) {
  const date = new Date(ms + SHANGHAI);
  const minutes = String(date.getUTCMinutes()).padStart(2, '0');
  const day = `${date.getUTCMonth() + 1}月${date.getUTCDate()}日（${WEEKDAYS[date.getUTCDay()]}）`;
  return `${day}${date.getUTCHours()}:${minutes}`;
}

function draw() {
  const time = document.querySelector('[data-clock]');
  const text = say(Date.now() + offset);
  if (time && time.textContent !== text) time.textContent = text;
}

/** Takes over the office's time and what can be chosen from there. */
export function showClock({ now, steps }) {
  offset = now - Date.now();
  for (const step of steps) {
    const button = document.querySelector(`[data-step="${step.key}"]`);
    if (button && button.textContent !== step.label) button.textContent = step.label;
  }
  const own = document.getElementById('forward-at');
  if (own && document.activeElement !== own) own.min = new Date(now + SHANGHAI).toISOString().slice(0, 16);
  draw();
}

async function forward(body) {
  const clock = document.querySelector('.clock');
  const controls = clock.querySelectorAll('.forward-list button, .forward-list input');
  clock.setAttribute('aria-busy', 'true');
  for (const control of controls) control.disabled = true;
  await post('forward', body);
  clock.removeAttribute('aria-busy');
  for (const control of controls) control.disabled = false;
}

function closeList() {
  for (const id of ['forward-list', 'forward-own']) {
    document.getElementById(id)?.classList.remove('is-open');
    document.querySelector(`[data-toggle="${id}"]`)?.setAttribute('aria-expanded', 'false');
  }
}

export function startClock() {
  const time = document.querySelector('[data-clock]');
  offset = Number(time?.dataset.clock ?? Date.now()) - Date.now();
  setInterval(draw, 1000);
  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('[data-step]') : null;
    if (!button) return;
    closeList();
    void forward({ step: button.dataset.step });
  });
  document.querySelector('.forward-own')?.addEventListener('submit', (event) => {
    event.preventDefault();
    const at = document.getElementById('forward-at')?.value;
    closeList();
    if (at) void forward({ at: at.slice(0, 16) });
  });
}
