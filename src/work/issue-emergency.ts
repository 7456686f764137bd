import type { Queries } from '../../db/queries/index.ts';
import { isUrgent } from '../domain/text/urgent.ts';
import { EMERGENCY_SERVICES, type EmergencyKind, emergencyNumbers } from '../domain/text/urgent-numbers.ts';

/** Setting: JSON of local repair numbers by kind, e.g. {"power":"12345678"}. */
export const REPAIR_NUMBERS = 'repair-numbers';

/** 火警119, 供电抢修××××: national numbers, and local ones where the office has set them; never an invented one. */
export function emergencyWords(q: Queries, kinds: readonly EmergencyKind[]): string[] {
  const local = q.settings.get<Partial<Record<EmergencyKind, string>>>(REPAIR_NUMBERS) ?? {};
  return kinds.flatMap((kind) => {
    const { label, number } = EMERGENCY_SERVICES[kind];
    const ring = number ?? local[kind];
    return ring ? [`${label}${ring}`] : [];
  });
}

/** The numbers that words of danger call for, as they are said. */
export function ringFirst(q: Queries, text: string): string[] {
  return emergencyWords(q, emergencyNumbers(text));
}

/** The numbers to ring first where words speak of danger, however they were typed (decision 34); empty where they do not. */
export function dangerNumbers(q: Queries, text: string): string[] {
  return isUrgent(text) ? ringFirst(q, text) : [];
}
