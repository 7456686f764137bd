/** A line whose danger score is above this is urgent; chosen on cross-validation (bench/topics/train.ts). */
export const URGENT_FROM = -0.8;
