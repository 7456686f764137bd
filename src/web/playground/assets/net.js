/** Who this page is; chosen on the server. */
export const me = document.body.dataset.as ?? '';

/** Shows a short word for a while; `tone` is info, good or bad. A later word on the same `topic` takes its place. */
export function toast(text, tone = 'info', topic = '') {
  const box = document.querySelector('.toasts');
  if (topic) box?.querySelector(`[data-topic="${topic}"]`)?.remove();
  const item = document.createElement('p');
  item.dataset.topic = topic;
  item.className = `toast is-${tone}`;
  item.textContent = text;
  box?.append(item);
  setTimeout(() => item.remove(), tone === 'bad' ? 7000 : 5000);
}

/** Posts JSON to one of the page's own routes and shows the toast of the answer. Resolves to true when it was carried out. */
export async function post(route, body) {
  try {
    const response = await fetch(`/playground/${route}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(String(response.status));
    const answer = await response.json();
    if (answer.toast) toast(answer.toast.text, answer.toast.tone, route === 'forward' ? route : '');
    return answer.toast?.tone !== 'bad';
  } catch {
    toast('没有发出去，请再试一次。', 'bad');
    return false;
  }
}
