/** What the 2026 rules forbid and people still type (care 27): answered with why there is none of it here. */
export const NO_CHECK_IN = /^[/／、\s]*(?:签到|打卡|接龙|积分|排名|排行榜?|点赞)/u;
