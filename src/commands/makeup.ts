import { receiveVisit } from '../work/receive-visit.ts';
import { command } from './define.ts';

const example = '/补访 3号楼 张某 看看老人';

/** 补访: makes up for an owed period, credited to the oldest unmet one (decision 23; S4-30). */
export const makeup = command({
  name: 'makeup',
  needs: 'visit.record',
  recordsWords: true,
  help: { group: 'everyday', example, says: '上个月、上季度没去成，现在补一次' },
  run: (ctx, line) => receiveVisit(ctx, line, { kind: 'makeup', example }),
});
