import { receiveVisit } from '../work/receive-visit.ts';
import { command } from './define.ts';

const example = '/补记 前天 3号楼 张某 低保咨询';

/** 补记: a visit of an earlier day, typed late (decision 23). */
export const late = command({
  name: 'late',
  needs: 'visit.record',
  recordsWords: true,
  help: { group: 'everyday', example, says: '前几天去过，现在补上' },
  run: (ctx, line) => receiveVisit(ctx, line, { kind: 'late', example }),
});
