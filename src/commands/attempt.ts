import { receiveVisit } from '../work/receive-visit.ts';
import { command } from './define.ts';

const example = '/未遇 3号楼 张某 敲门没人';

/** 未遇: "tried, could not meet" is a fact, never a failure (S4-30; decision 30). */
export const attempt = command({
  name: 'attempt',
  needs: 'visit.record',
  recordsWords: true,
  help: { group: 'everyday', example, says: '去了没见到，也记一笔' },
  run: (ctx, line) => receiveVisit(ctx, line, { kind: 'visit', attempt: true, example }),
});
