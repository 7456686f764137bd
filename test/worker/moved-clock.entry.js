// The deployed Worker with a clock that tests can move: its Date, and its alarms on that Date. Nothing else differs.
import { offset, shift } from './clock.js';
import worker, { OfficeObject as Deployed } from './main.worker.js';

export class OfficeObject extends Deployed {
  constructor(ctx, env) {
    const { storage } = ctx;
    const set = storage.setAlarm.bind(storage);
    const get = storage.getAlarm.bind(storage);
    storage.setAlarm = (at) => set(at - offset());
    storage.getAlarm = async () => {
      const at = await get();
      return at === null ? null : at + offset();
    };
    super(ctx, env);
  }

  /** Time passes: an alarm that is then overdue rings at once. */
  async moveClock(to) {
    const armed = await this.ctx.storage.getAlarm();
    shift(to);
    if (armed !== null) await this.ctx.storage.setAlarm(armed);
    return armed;
  }
}

// biome-ignore lint/style/noDefaultExport: the Workers runtime asks for one
export { worker as default };
