import { admissionView, groupPeopleView, linkedView, strangerView, waitingView } from './admission.ts';
import { bindConfirmView, bindDoneView, bindFormView, unbindView } from './bind.ts';
import { troublesView } from './care.ts';
import type { View } from './define.ts';
import { diaryView } from './diary.ts';
import { householdChoiceView, householdEditView, householdNoticeView, householdView } from './household.ts';
import { issueCardView, issueReceiptView } from './issue-card.ts';
import { issueFormView } from './issue-form.ts';
import { issueGroupView } from './issue-group.ts';
import { issueLeftView } from './issue-left.ts';
import { issueListView } from './issue-list.ts';
import { issueWhomView } from './issue-whom.ts';
import { absenceFormView, absenceView } from './leave.ts';
import { mineView, whenView } from './mine.ts';
import { nudgeView, outView, wentView } from './nudge.ts';
import { ownPageView } from './own-page.ts';
import { pairingChooseView, pairingDoneView, pairingListView } from './pairing.ts';
import { plainView } from './plain.ts';
import { policyAdoptView, policyEditView, policyListView } from './policy.ts';
import {
  addMemberView,
  editMemberView,
  leaveView,
  memberView,
  orgView,
  pointsView,
  rolesView,
  rosterView,
} from './roster.ts';
import { visitEditView, visitPickView } from './visit-edit.ts';
import { visitReceiptView } from './visit-receipt.ts';
import { weeklyListView, weeklyPrivateView, weeklyView } from './weekly.ts';

/** Every way to show a matter; a test finds the file that is missing here. */
export const VIEWS: readonly View[] = [
  troublesView,
  pairingDoneView,
  pairingChooseView,
  pairingListView,
  orgView,
  pointsView,
  leaveView,
  editMemberView,
  rolesView,
  addMemberView,
  memberView,
  rosterView,
  admissionView,
  groupPeopleView,
  linkedView,
  strangerView,
  waitingView,
  bindConfirmView,
  bindDoneView,
  bindFormView,
  unbindView,
  diaryView,
  householdChoiceView,
  householdEditView,
  householdNoticeView,
  householdView,
  issueCardView,
  issueFormView,
  issueGroupView,
  issueLeftView,
  issueListView,
  issueReceiptView,
  issueWhomView,
  visitEditView,
  visitPickView,
  visitReceiptView,
  absenceFormView,
  absenceView,
  mineView,
  whenView,
  nudgeView,
  outView,
  wentView,
  ownPageView,
  plainView,
  policyAdoptView,
  policyEditView,
  policyListView,
  weeklyListView,
  weeklyPrivateView,
  weeklyView,
];
