export { follow, inbox, liveCard, outbox } from './delivery.ts';
export { issue, issueStep } from './issue.ts';
export { chat, cohort, identity, leave, member, org, role, setting, strangerLine } from './office.ts';
export { contactPoint, household, needLabel, pairing, visit, visitor } from './people.ts';
export { adoption, audit, excuse, jobRun, nudge, told } from './work.ts';
