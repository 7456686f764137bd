import { definePolicy } from './define.ts';

/**
 * 茹岗社区 联系点 (S4). Whoever has a contact point is one of its 党员干部: S4-2 gives one to each, and to nobody else.
 * A trip counts by days inside the point, at home or at a meeting; a telephone call makes up (S4-30, decision 30).
 */
export const rugang = definePolicy({
  system: 'rugang',
  title: '党员干部联系点制度',
  issuer: '茹岗社区党委',
  docNo: null,
  clauses: [
    {
      id: 'contact-point',
      rule: 'S4-28',
      place: '四、2',
      title: '每月到联系点两次',
      quote: ['党员干部原则上每月到联系点两次', '过后要及时弥补,或通过电话、手机等方式保持联系'],
      cohort: { name: '党员干部', by: 'link' },
      obligation: {
        count: 2,
        unit: 'visits',
        per: 'month',
        distinct: 'days',
        target: 'contactPoint',
        modes: ['home', 'meeting'],
        makeUp: { modes: ['phone'], rule: 'S4-30' },
        strength: '原则上',
      },
    },
    {
      id: 'make-up',
      rule: 'S4-30',
      place: '四、2',
      title: '过后及时弥补',
      quote: ['因工作或其他原因不能按时到联系点,过后要及时弥补,或通过电话、手机等方式保持联系'],
      cohort: { name: '党员干部', by: 'link' },
    },
  ],
});
