// The deployed Worker with a clock that tests can move (its Date, and its alarms on that Date), and a way to lose its
// object. Nothing else differs.
import { offset, shift } from './clock.js';
import worker, { OfficeObject as Deployed } from './main.worker.js';

export class OfficeObject extends Deployed {
  constructor(ctx, env) {
    const { storage } = ctx;
    const set = storage.setAlarm.bind(storage);
    const get = storage.getAlarm.bind(storage);
    let timesSet = 0;
    storage.setAlarm = (at) => {
      timesSet += 1;
      return set(at - offset());
    };
    storage.getAlarm = async () => {
      const at = await get();
      return at === null ? null : at + offset();
    };
    super(ctx, env);
    this.timesSet = () => timesSet;
  }

  /** Time passes: an alarm that is then overdue rings at once. */
  async moveClock(to) {
    let armed;
    let before;
    // What is set meanwhile must not be undone by what was read before.
    do {
      before = this.timesSet();
      armed = await this.ctx.storage.getAlarm();
    } while (before !== this.timesSet());
    shift(to);
    if (armed !== null) await this.ctx.storage.setAlarm(armed);
    return armed;
  }

  /** As when Cloudflare moves it or deploys anew: what it holds in memory is gone, whatever is under way breaks off. */
  reset() {
    this.ctx.abort('reset by the test');
  }
}

// biome-ignore lint/style/noDefaultExport: the Workers runtime asks for one
export { worker as default };
