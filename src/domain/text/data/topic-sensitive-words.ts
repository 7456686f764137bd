/**
 * Conditions of a person that care.md E.1 (1, 3) keeps out of groups: named diagnoses, violence at home, a record,
 * a disability, a benefit. Everyday words (看病, 医保) are left out on purpose: the guard must not cry wolf.
 */
export const CONDITION_WORDS: readonly (readonly [
  'illness' | 'violence' | 'record' | 'disability' | 'benefit',
  RegExp,
])[] = [
  [
    'illness',
    /癌症?|肿瘤|白血病|淋巴瘤|艾滋病?|HIV|梅毒|性病|乙肝|丙肝|肝硬化|肝腹水|肺结核|结核病|尘肺|尿毒症|透析|肾衰竭?|精神病|精神分裂|精神障碍|精神失常|抑郁症?|躁郁|双相|焦虑症|癫痫|羊角风|痴呆|阿尔茨海默|帕金森|渐冻症?|脑梗|脑溢血|脑出血|脑瘤|中风|偏瘫|瘫痪|植物人|心梗|心衰|心脏病|冠心病|糖尿病|高血压|红斑狼疮|血友病|自闭症|孤独症|流产|不孕|不育|化疗|放疗|术后|轻生|自杀|自残/g,
  ],
  ['violence', /家暴|家庭暴力|打老婆|打媳妇|打孩子|虐待|施暴|性侵|猥亵|强奸|强暴|殴打|毒打|往死里打|打得/g],
  ['record', /吸毒|戒毒|涉毒|刑满|刑释|服刑|坐过?牢|劳改|前科|社区矫正|缓刑|假释|上访|缠访|邪教/g],
  ['disability', /残疾|智障|智力障碍|弱智|聋哑|失明|盲人|截肢|唐氏|脑瘫/g],
  ['benefit', /低保|五保|特困|救助金|贫困户/g],
];
