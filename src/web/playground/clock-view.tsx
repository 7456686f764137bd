import type { FC } from 'hono/jsx';
import { addDays, dayOf, minuteOfDay } from '../../lib/day.ts';
import { sayMoment, steps } from './forward.ts';

/** The playground's clock and the ways to move it. The script keeps the time running. */
export const Clock: FC<{ now: number }> = ({ now }) => (
  <section class="clock" aria-label="模拟时间">
    <p class="clock-now">
      <span class="clock-label">模拟时间</span>
      <time data-clock={now}>{sayMoment(now)}</time>
    </p>
    <div class="forward">
      <button
        type="button"
        class="button forward-open"
        aria-expanded="false"
        aria-controls="forward-list"
        data-toggle="forward-list"
      >
        快进
      </button>
      <div id="forward-list" class="forward-list">
        <span class="forward-label">快进</span>
        {steps(now).map((step) => (
          <button type="button" class="button" data-step={step.key}>
            {step.label}
          </button>
        ))}
        <button
          type="button"
          class="button own-open"
          aria-expanded="false"
          aria-controls="forward-own"
          data-toggle="forward-own"
        >
          自选
        </button>
        <form class="forward-own" id="forward-own">
          <label for="forward-at">到什么时候</label>
          <input
            id="forward-at"
            type="datetime-local"
            required
            value={`${addDays(dayOf(now), 1)}T${clockText(now)}`}
          />
          <button type="submit" class="button">
            快进
          </button>
        </form>
      </div>
    </div>
  </section>
);

function clockText(now: number): string {
  const minutes = minuteOfDay(now);
  const pad = (n: number): string => String(n).padStart(2, '0');
  return `${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
}
