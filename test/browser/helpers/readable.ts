import type { Page } from 'playwright-core';

export interface Faults {
  /** Text whose contrast is under WCAG AA, as `text (ratio)`. */
  pale: string[];
  /** Text under 13 px. */
  small: string[];
  /** Controls under 38 px in height; one inside its label is as high as that. */
  tight: string[];
  /** Controls without an accessible name. */
  nameless: string[];
}

/** Runs in the page. It is source text, because the test is not compiled with the browser's types. */
const FIND_FAULTS = `(() => {
  const shown = (el) => el.getClientRects().length > 0 && getComputedStyle(el).visibility !== 'hidden' && getComputedStyle(el).opacity !== '0';
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (color) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = (el) => { for (let at = el; at; at = at.parentElement) { const color = rgba(getComputedStyle(at).backgroundColor); if (color[3] === 255) return color; } return [255, 255, 255, 255]; };
  const faults = { pale: [], small: [], tight: [], nameless: [] };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    const el = walker.currentNode.parentElement;
    if (!text || !shown(el) || el.closest('.sr-only, script, noscript')) continue;
    const style = getComputedStyle(el);
    const size = parseFloat(style.fontSize);
    const [a, b] = [light(rgba(style.color)), light(ground(el))].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) faults.pale.push(text.slice(0, 30) + ' (' + ratio.toFixed(2) + ')');
    if (size < 13) faults.small.push(text.slice(0, 30));
  }
  for (const el of document.querySelectorAll('button, a[href], input, select, textarea, summary')) {
    if (!shown(el) || el.matches('.skip, .recall, [type=checkbox]')) continue;
    const name = el.getAttribute('aria-label') || [...(el.labels || [])].map((label) => label.textContent).join('') || el.textContent;
    if (!name.trim()) faults.nameless.push(el.outerHTML.slice(0, 80));
    if ((el.closest('label') ?? el).getBoundingClientRect().height < 38) faults.tight.push(el.outerHTML.slice(0, 80));
  }
  return faults;
})()`;

/** What a person with weak eyes or a thick thumb would stumble over, in the page as it stands. */
export function findFaults(page: Page): Promise<Faults> {
  return page.evaluate<Faults>(FIND_FAULTS);
}

export const NO_FAULTS: Faults = { pale: [], small: [], tight: [], nameless: [] };
