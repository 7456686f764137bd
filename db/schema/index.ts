export { follow, inbox, liveCard, outbox } from './delivery.ts';
export { filed, inboxByKey, visitByHousehold, visitorByMember } from './filed.ts';
export { issue, issueStep } from './issue.ts';
export {
  chat,
  cohort,
  connection,
  identity,
  leave,
  member,
  org,
  role,
  setting,
  strangerLine,
} from './office.ts';
export { contactPoint, household, needLabel, pairing, photo, visit, visitor } from './people.ts';
export { quota } from './quota.ts';
export { adoption, audit, excuse, jobRun, nudge, told } from './work.ts';
