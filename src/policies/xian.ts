import { definePolicy } from './define.ts';

const selected = {
  name: '重点选派党员',
  aliases: ['重点选派', '重点选派党员干部', '重点选派的党员', '重点选派在职党员'],
};

/**
 * 西安区 三进一诉 (S2): the paired households of the selected members, each seen at home once a quarter (decision 30).
 * The document prints neither its own 文号 nor its 发文机关, so an office writes in its own when it adopts.
 */
export const xian = definePolicy({
  system: 'xian',
  title: '西安区健全党员干部直接联系服务群众常态工作机制实施方案',
  issuer: null,
  docNo: null,
  clauses: [
    {
      id: 'selected-share',
      rule: 'S2-36',
      place: '二、(三)2',
      title: '重点选派不少于40%',
      quote: ['区直各单位、各部门确定重点选派党员干部原则上不少于在职党员干部总数的40%'],
      cohort: selected,
      share: {
        of: { name: '在职党员干部', aliases: ['在职党员', '党员', '支部委员', '副书记', '书记'] },
        percent: 40,
      },
    },
    {
      id: 'three-households',
      rule: 'S2-39',
      place: '二、(三)2',
      title: '每人联系3户',
      quote: ['根据重点选派党员职业、专长等特点,有针对性地为每人分别安排3户作为联系服务对象'],
      cohort: selected,
      obligation: { count: 3, unit: 'pairings', per: 'quarter', target: 'pairedHousehold', bearer: 'org' },
    },
    {
      id: 'paired-households',
      rule: 'S2-40',
      place: '二、(三)2',
      title: '每季度到每户一次',
      quote: ['有针对性地为每人分别安排3户作为联系服务对象,每季度深入各户至少1次'],
      cohort: selected,
      obligation: {
        count: 1,
        unit: 'visits',
        per: 'quarter',
        each: 'pairedHousehold',
        target: 'pairedHousehold',
        modes: ['home'],
      },
    },
  ],
});
